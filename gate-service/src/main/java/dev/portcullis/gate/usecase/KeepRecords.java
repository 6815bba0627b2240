package dev.portcullis.gate.usecase;

import dev.portcullis.gate.analysis.Analyses;
import dev.portcullis.gate.analysis.AnalysisUnavailableException;
import dev.portcullis.gate.release.AnalysisRecords;
import dev.portcullis.gate.release.WantedRecord;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the record of each ended release's analysis kept with the release, so that its decisions can be computed again for as long as they are kept. Thread-safe. */
public final class KeepRecords {
    private static final Logger LOG = LoggerFactory.getLogger(KeepRecords.class);
    /** While analysis-service is away, or a replica that took some has died. */
    private static final Duration TRY_AGAIN = Duration.ofMinutes(1);
    /** Of one look; the rest is for the next. */
    private static final int MOST = 20;

    private final AnalysisRecords records;
    private final Analyses analyses;
    private final Clock clock;

    public KeepRecords(AnalysisRecords records, Analyses analyses, Clock clock) {
        this.records = records;
        this.analyses = analyses;
        this.clock = clock;
    }

    /** Looks once. What cannot be had just now is tried again a minute later. */
    public void keepDue() {
        var now = clock.instant();
        for (var wanted : records.take(now, now.plus(TRY_AGAIN), MOST)) {
            try {
                keep(wanted);
            } catch (AnalysisUnavailableException e) {
                LOG.info("the record of {} is asked for again: {}", wanted.analysis(), e.getMessage());
                return;
            }
        }
    }

    private void keep(WantedRecord wanted) {
        var record = analyses.record(wanted.analysis());
        if (record.isPresent()) {
            records.keep(wanted, record.get());
        } else {
            LOG.warn(
                    "analysis-service has {} no more: the decisions of release {} cannot be computed again",
                    wanted.analysis(),
                    wanted.release());
            records.gone(wanted);
        }
    }
}
