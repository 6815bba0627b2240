/** What a service promises: objectives, and how a canary is held against them. */
@NullMarked
package dev.portcullis.analysis.slo;

import org.jspecify.annotations.NullMarked;
