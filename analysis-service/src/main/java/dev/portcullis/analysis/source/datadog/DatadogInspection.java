package dev.portcullis.analysis.source.datadog;

import dev.portcullis.analysis.inspection.InspectionException;
import dev.portcullis.analysis.inspection.InspectionFailure;
import dev.portcullis.analysis.inspection.SourceInspection;
import dev.portcullis.analysis.inspection.SourceSnapshot;
import dev.portcullis.analysis.query.Arms;
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
    public Optional<SourceSnapshot> look() {
        client.missingCredentials().ifPresent(missing -> {
            throw new InspectionException(InspectionFailure.CREDENTIALS_MISSING, missing);
        });
        Instant now = clock.instant();
        return switch (client.ask(ANY, now.minus(Duration.ofMinutes(1)), now)) {
            case CountQueryResult.Counts counts -> Optional.empty();
            case CountQueryResult.Limited limited ->
                throw new InspectionException(InspectionFailure.FAILS, client.url() + ": too many requests");
            case CountQueryResult.Refused refused ->
                throw new InspectionException(failure(refused.status()), client.url() + ": " + refused.reason());
        };
    }

    private static InspectionFailure failure(int status) {
        return switch (status) {
            case 0 -> InspectionFailure.UNREACHABLE;
            case 401, 403 -> InspectionFailure.ACCESS_REFUSED;
            default -> status >= SERVER_ERROR ? InspectionFailure.FAILS : InspectionFailure.WRONG_PATH;
        };
    }
}
