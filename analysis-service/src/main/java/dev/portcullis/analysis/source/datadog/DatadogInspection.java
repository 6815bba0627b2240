package dev.portcullis.analysis.source.datadog;

import dev.portcullis.analysis.diagnosis.Snapshot;
import dev.portcullis.analysis.diagnosis.SourceInspection;
import dev.portcullis.analysis.diagnosis.SourceTroubleException;
import dev.portcullis.analysis.diagnosis.Trouble;
import dev.portcullis.analysis.metric.Arms;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Looks whether Datadog answers and takes the keys, with one query. What it has is not looked into. Thread-safe. */
final class DatadogInspection implements SourceInspection {
    private static final Arms NOBODY = new Arms("version", "portcullis-doctor", null);
    private static final CountQuery ANY = CountQuery.of(DatadogQuery.parse("portcullis.doctor"), NOBODY, "pod_name");
    private static final int SERVER_ERROR = 500;

    private final DatadogClient client;
    private final Clock clock;

    DatadogInspection(DatadogClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    @Override
    public Optional<Snapshot> look() {
        Instant now = clock.instant();
        return switch (client.ask(ANY, now.minus(Duration.ofMinutes(1)), now)) {
            case QueryAnswer.Counts counts -> Optional.empty();
            case QueryAnswer.Limited limited ->
                throw new SourceTroubleException(Trouble.FAILS, client.url() + ": too many requests");
            case QueryAnswer.Refused refused ->
                throw new SourceTroubleException(trouble(refused.status()), client.url() + ": " + refused.reason());
        };
    }

    private static Trouble trouble(int status) {
        return switch (status) {
            case 0 -> Trouble.UNREACHABLE;
            case 401, 403 -> Trouble.ACCESS_REFUSED;
            default -> status >= SERVER_ERROR ? Trouble.FAILS : Trouble.WRONG_PATH;
        };
    }
}
