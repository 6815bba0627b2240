package dev.portcullis.analysis.source.prometheus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.analysis.inspection.InspectionException;
import dev.portcullis.analysis.inspection.InspectionFailure;
import dev.portcullis.analysis.inspection.SourceInspection;
import dev.portcullis.analysis.inspection.SourceSnapshot;
import dev.portcullis.analysis.source.SourceClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Looks at a Prometheus by its query API. Thread-safe. */
final class PrometheusInspection implements SourceInspection {
    static final Duration DEADLINE = Duration.ofSeconds(10);

    private static final ObjectMapper JSON = new ObjectMapper();
    /** The last two let VictoriaMetrics answer for its present, and not for half a minute ago. */
    private static final Map<String, String> ANY =
            Map.of("query", "vector(1)", "nocache", "1", "latency_offset", "1ms");

    private static final int SERVER_ERROR = 500;

    private final PrometheusClient client;
    private final Clock clock;
    private final String configuredIn;
    private volatile Optional<Duration> clockAhead = Optional.empty();

    PrometheusInspection(PrometheusClient client, Clock clock, String configuredIn) {
        this.client = client;
        this.clock = clock;
        this.configuredIn = configuredIn;
    }

    @Override
    public Optional<SourceSnapshot> look() {
        client.missingCredentials().ifPresent(missing -> {
            throw new InspectionException(InspectionFailure.CREDENTIALS_MISSING, missing);
        });
        Instant asked = clock.instant();
        SourceClient.Response response = first();
        clockAhead = theirTime(response.body()).map(theirs -> Duration.between(middle(asked, clock.instant()), theirs));
        return Optional.of(new PrometheusSnapshot(client, clock.instant().minus(client.queryOffset())));
    }

    private SourceClient.Response first() {
        try {
            SourceClient.Response response = client.look("/api/v1/query", ANY, DEADLINE);
            failure(response).ifPresent(failure -> {
                throw new InspectionException(failure, client.url() + ": " + told(response));
            });
            return response;
        } catch (QueryFailureException e) {
            throw new InspectionException(InspectionFailure.UNREACHABLE, e.reason());
        }
    }

    private static Optional<InspectionFailure> failure(SourceClient.Response response) {
        int status = response.status();
        if (status == 401 || status == 403) {
            return Optional.of(InspectionFailure.ACCESS_REFUSED);
        }
        if (status >= SERVER_ERROR) {
            return Optional.of(InspectionFailure.FAILS);
        }
        return status == 200 && theirTime(response.body()).isPresent()
                ? Optional.empty()
                : Optional.of(InspectionFailure.WRONG_PATH);
    }

    private static String told(SourceClient.Response response) {
        if (response.redirect().isPresent()) {
            return response.redirect().get();
        }
        return response.status() == 200
                ? "what answers /api/v1/query is not a Prometheus query API"
                : "status " + response.status() + " for /api/v1/query";
    }

    /** The moment at which the server evaluated a query that named none; empty when that is no answer of a query API. */
    private static Optional<Instant> theirTime(String body) {
        try {
            JsonNode time = JSON.readTree(body)
                    .path("data")
                    .path("result")
                    .path(0)
                    .path("value")
                    .path(0);
            return time.isNumber()
                    ? Optional.of(Instant.ofEpochMilli(Math.round(time.asDouble() * 1000)))
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static Instant middle(Instant from, Instant to) {
        return from.plus(Duration.between(from, to).dividedBy(2));
    }

    @Override
    public String configuredIn() {
        return configuredIn;
    }

    @Override
    public OptionalInt mostSeries() {
        return OptionalInt.of(client.maxSeries());
    }

    @Override
    public Optional<Duration> clockAhead() {
        return clockAhead;
    }
}
