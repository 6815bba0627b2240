/** The domain's view of traces, on OpenTelemetry. */
@NullMarked
package dev.portcullis.gate.telemetry;

import org.jspecify.annotations.NullMarked;
