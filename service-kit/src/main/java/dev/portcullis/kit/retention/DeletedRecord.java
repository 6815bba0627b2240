package dev.portcullis.kit.retention;

import com.google.rpc.Code;
import dev.portcullis.kit.rpc.RpcErrors;
import io.grpc.StatusRuntimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * What is known of a record that was deleted because its time was over.
 *
 * @param time when it was deleted, by the clock of the database
 * @param retention how long it had been kept
 */
public record DeletedRecord(Instant time, RetentionPeriod retention) {
    /**
     * NOT_FOUND that says so.
     *
     * @param reason RECORD_EXPIRED of the service's package
     * @param kind what it was, e.g. "analysis"
     * @param name its resource name
     */
    public StatusRuntimeException error(Enum<?> reason, String kind, String name) {
        var deleted = time.truncatedTo(ChronoUnit.SECONDS).toString();
        return RpcErrors.error(
                Code.NOT_FOUND,
                reason,
                kind + " " + name + " was deleted at " + deleted + ", after it had been kept for " + retention.words(),
                Map.of("name", name, "delete_time", deleted, "retention", retention.toString()));
    }
}
