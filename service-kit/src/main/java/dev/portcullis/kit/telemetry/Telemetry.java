package dev.portcullis.kit.telemetry;

import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.util.Map;

/**
 * The OpenTelemetry SDK of one service, read from the standard OTEL_* variables.
 *
 * <p>Off unless asked for: exporters default to {@code none}; setting OTEL_TRACES_EXPORTER=otlp (with OTEL_EXPORTER_OTLP_ENDPOINT) switches traces
 * on. Spans are made either way, so logs and answers carry trace ids. Three services in one process have three SDKs, each with its own
 * {@code service.name}; none is global.
 */
public final class Telemetry {
    private Telemetry() {}

    /**
     * Builds the SDK of a service.
     *
     * @param service value of {@code service.name}, e.g. "portcullis-gate"
     */
    public static OpenTelemetrySdk open(String service) {
        var defaults = Map.of(
                "otel.service.name", service,
                "otel.traces.exporter", "none",
                "otel.metrics.exporter", "none",
                "otel.logs.exporter", "none",
                "otel.exporter.otlp.protocol", "http/protobuf");
        return AutoConfiguredOpenTelemetrySdk.builder()
                .disableShutdownHook()
                .addPropertiesSupplier(() -> defaults)
                // OTEL_SERVICE_NAME would give all services of a process one name: the service's own name wins.
                .addPropertiesCustomizer(config -> Map.of("otel.service.name", service))
                .build()
                .getOpenTelemetrySdk();
    }
}
