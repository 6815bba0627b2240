/** Counters out of a Prometheus server, or anything that speaks its query API. */
@NullMarked
package dev.portcullis.analysis.source.prometheus;

import org.jspecify.annotations.NullMarked;
