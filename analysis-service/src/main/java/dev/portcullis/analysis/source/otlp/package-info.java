/** Counters that are sent in by an OpenTelemetry Collector or SDK, so that nothing is polled. */
@NullMarked
package dev.portcullis.analysis.source.otlp;

import org.jspecify.annotations.NullMarked;
