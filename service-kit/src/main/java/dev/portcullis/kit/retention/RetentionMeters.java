package dev.portcullis.kit.retention;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What retention deletes and leaves, as {@code portcullis_retention_deleted_rows_total} and {@code portcullis_retention_oldest_record_age_seconds}. The counters are there
 * from the start for every table, at 0: an increase is seen only of what was there before. Thread-safe.
 */
final class RetentionMeters {
    private final MeterRegistry meters;
    private volatile double age = Double.NaN;

    /** @param tables those of which rows are deleted */
    RetentionMeters(Iterable<String> tables, MeterRegistry meters) {
        this.meters = meters;
        tables.forEach(this::rows);
        TimeGauge.builder("portcullis.retention.oldest.record.age", this, TimeUnit.SECONDS, self -> self.age)
                .description(
                        "Time for which the oldest record has counted that has ended; 0 when there is none, not a number while it is not known")
                .register(meters);
    }

    void deleted(Map<String, Integer> byTable) {
        byTable.forEach((table, number) -> rows(table).increment(number));
    }

    /** @param known how long the oldest record has counted; zero when there is none */
    void oldest(Duration known) {
        age = Math.max(0, known.toMillis() / 1e3);
    }

    void unknown() {
        age = Double.NaN;
    }

    private Counter rows(String table) {
        return Counter.builder("portcullis.retention.deleted.rows")
                .description("Rows deleted because the time was over for which they are kept, by table")
                .tag("table", table)
                .register(meters);
    }
}
