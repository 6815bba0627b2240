package dev.portcullis.gate.usecase;

import dev.portcullis.gate.analysis.AnalysisReply;
import dev.portcullis.gate.analysis.AnalysisReport;
import dev.portcullis.gate.policy.Policies;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.Releases;
import dev.portcullis.gate.trace.Traces;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Judges one open release without being asked, in the trace it was opened in. Thread-safe; of several at the same time one decides. */
public final class ReviewRelease {
    private static final Logger LOG = LoggerFactory.getLogger(ReviewRelease.class);
    private static final Duration EVERY_ONCE_OVER = Duration.ofSeconds(30);

    private final Releases releases;
    private final Policies policies;
    private final AskAnalysis askAnalysis;
    private final JudgeRelease judgeRelease;
    private final Traces traces;
    private final Clock clock;

    public ReviewRelease(
            Releases releases,
            Policies policies,
            AskAnalysis askAnalysis,
            JudgeRelease judgeRelease,
            Traces traces,
            Clock clock) {
        this.releases = releases;
        this.policies = policies;
        this.askAnalysis = askAnalysis;
        this.judgeRelease = judgeRelease;
        this.traces = traces;
        this.clock = clock;
    }

    /** Does it, and logs what goes wrong: the next review tries again. Once the analysis has ended, that is put off for half a minute. */
    void review(Release release) {
        review(release, () -> askAnalysis.forReview(release));
    }

    /** The same by a report that analysis-service has just sent. */
    void review(Release release, AnalysisReport report) {
        review(release, () -> report);
    }

    private void review(Release release, Supplier<AnalysisReply> reply) {
        try {
            var over = traces.continuing(release.start().traceparent(), "review release", () -> {
                var said = reply.get();
                var judged = judgeRelease.judge(
                        release, said, policies.find(release.key().service()), "");
                return said.report()
                        .filter(AnalysisReport::ended)
                        .filter(report -> isJudgedBy(report, judged))
                        .isPresent();
            });
            if (over) {
                releases.reviewAt(release.id(), clock.instant().plus(EVERY_ONCE_OVER));
            }
        } catch (RuntimeException e) {
            LOG.warn("{} could not be reviewed and is again with the next review", release.name(), e);
        }
    }

    /** One that was promoted by it, and is watched on, is judged by another. */
    private static boolean isJudgedBy(AnalysisReport report, Evaluation evaluation) {
        return evaluation
                .release()
                .filter(Release::open)
                .filter(release -> release.analysis().equals(report.analysis()))
                .isPresent();
    }
}
