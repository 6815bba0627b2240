/** The domain's view of traces, on OpenTelemetry, and background work that stays in its trace. */
@NullMarked
package dev.portcullis.gate.telemetry;

import org.jspecify.annotations.NullMarked;
