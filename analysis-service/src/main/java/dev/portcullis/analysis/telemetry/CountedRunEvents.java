package dev.portcullis.analysis.telemetry;

import dev.portcullis.analysis.explanation.Explanation;
import dev.portcullis.analysis.judge.Verdict;
import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.analysis.run.MeasuringStatus;
import dev.portcullis.analysis.run.Poll;
import dev.portcullis.analysis.run.Purpose;
import dev.portcullis.analysis.run.RunEvents;
import dev.portcullis.analysis.run.StableHistory;
import dev.portcullis.analysis.run.UnreadableRecordException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts polls as {@code portcullis_analysis_*} and logs what ended and what failed. Names carry no service or analysis, so that their number stays small; each is
 * there from the start with every label value, at 0, since an increase is seen only of what was there before.
 */
public final class CountedRunEvents implements RunEvents {
    private static final Logger LOG = LoggerFactory.getLogger(CountedRunEvents.class);

    /** Verdicts an analysis concludes with. */
    private static final Set<Verdict> FINAL = EnumSet.of(Verdict.PASS, Verdict.FAIL, Verdict.INCONCLUSIVE);

    private final MeterRegistry meters;
    private final Counter windows;
    private final Counter unreachable;
    private final Counter faults;
    private final Counter shortages;

    public CountedRunEvents(MeterRegistry meters) {
        this.meters = meters;
        this.windows = Counter.builder("portcullis.analysis.windows")
                .description("Windows closed")
                .register(meters);
        this.unreachable = Counter.builder("portcullis.analysis.unreachable")
                .description("Readings that the metrics source did not give")
                .register(meters);
        this.shortages = Counter.builder("portcullis.analysis.shortages")
                .description("Analyses whose traffic was found too little to bring a PASS before the deadline")
                .register(meters);
        this.faults = Counter.builder("portcullis.analysis.faults")
                .description("Polls that failed because of an error in this service or its database")
                .register(meters);
        for (var purpose : Purpose.values()) {
            FINAL.forEach(verdict -> ended(purpose, verdict));
        }
    }

    @Override
    public void polled(Poll poll) {
        windows.increment(poll.closed().size());
        if (poll.run().measurement().measuringStatus().state() == MeasuringStatus.State.UNREACHABLE) {
            unreachable.increment();
        }
        if (poll.newShortage()) {
            shortages.increment();
            LOG.warn(
                    "analysis {} of {} {} {}: {}",
                    poll.run().id(),
                    poll.run().plan().objectives().service(),
                    poll.run().plan().purpose().subject(),
                    poll.run().plan().arms().canary().value(),
                    Explanation.of(poll.run()));
        }
        if (!poll.run().isRunning()) {
            ended(poll.run());
        }
    }

    private void ended(AnalysisRun run) {
        var verdict = run.status().verdict();
        ended(run.plan().purpose(), verdict).increment();
        LOG.info(
                "analysis {} of {} {} {} concluded after {} windows: {}",
                run.id(),
                run.plan().objectives().service(),
                run.plan().purpose().subject(),
                run.plan().arms().canary().value(),
                run.measurement().windowCount(),
                verdict);
    }

    private Counter ended(Purpose purpose, Verdict verdict) {
        var counter =
                switch (purpose) {
                    case RELEASE ->
                        Counter.builder("portcullis.analysis.verdicts")
                                .description("Analyses of releases concluded, by final verdict");
                    case RECOVERY ->
                        Counter.builder("portcullis.analysis.recoveries")
                                .description("Analyses of recoveries concluded, by final verdict");
                };
        return counter.tag("verdict", verdict.name()).register(meters);
    }

    @Override
    public void measured(String service, StableHistory history) {
        for (var measured : history.objectives()) {
            LOG.info(
                    "stable version of {}, {}: dispersion {} over {} windows{}{}",
                    service,
                    measured.objective(),
                    String.format(Locale.ROOT, "%.2f", measured.dispersion()),
                    measured.windows(),
                    measured.suffices()
                            ? ", cluster size " + (long) measured.clusterSize()
                            : ", too few to conclude from",
                    measured.voteWindow()
                            .map(window -> ", fitting window " + window.toSeconds() + " s")
                            .orElse(""));
        }
    }

    @Override
    public void failed(UUID analysis, RuntimeException cause) {
        faults.increment();
        LOG.warn("a poll of analysis {} failed; nothing was counted twice; the next poll continues", analysis, cause);
    }

    @Override
    public void unreadable(UUID analysis, UnreadableRecordException fault) {
        if (fault.newer()) {
            LOG.info("analysis {} is left to a newer version of analysis-service: {}", analysis, fault.why());
            return;
        }
        faults.increment();
        LOG.error(
                "analysis {} cannot be measured, and no release is promoted by it; what is stored stays as it is: {}",
                analysis,
                fault.why());
    }

    @Override
    public void unreadable(String service, UnreadableRecordException fault) {
        LOG.warn("the stable version of {} is measured anew: {}", service, fault.why());
    }
}
