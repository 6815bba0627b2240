package dev.portcullis.analysis.source;

import dev.portcullis.kit.client.Breakers;
import dev.portcullis.kit.http.TracedHttpClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;

/** The HTTP client of a service, without a service around it. */
public final class TestHttp {
    private TestHttp() {}

    public static TracedHttpClient client() {
        return client(new SimpleMeterRegistry());
    }

    public static TracedHttpClient client(MeterRegistry meters) {
        return new TracedHttpClient(OpenTelemetry.noop(), new Breakers(meters));
    }
}
