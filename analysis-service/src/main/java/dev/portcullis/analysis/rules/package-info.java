/** Recording and alerting rules for Prometheus, made of SLOs. */
@NullMarked
package dev.portcullis.analysis.rules;

import org.jspecify.annotations.NullMarked;
