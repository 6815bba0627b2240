package dev.portcullis.analysis.source;

import dev.portcullis.kit.client.Breakers;
import dev.portcullis.kit.http.TracedHttpClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;

/** The HTTP client of a service, without a service around it. */
public final class TestHttp {
    /** Tests share their machine with others: what is not about deadlines waits. */
    public static final Duration PATIENT = Duration.ofSeconds(20);

    private TestHttp() {}

    public static TracedHttpClient client() {
        return client(new SimpleMeterRegistry());
    }

    public static TracedHttpClient client(MeterRegistry meters) {
        return new TracedHttpClient(OpenTelemetry.noop(), new Breakers(meters));
    }
}
