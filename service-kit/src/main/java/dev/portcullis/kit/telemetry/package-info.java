/** OpenTelemetry, set up by the standard OTEL_* variables, and trace context that outlives a process. */
@NullMarked
package dev.portcullis.kit.telemetry;

import org.jspecify.annotations.NullMarked;
