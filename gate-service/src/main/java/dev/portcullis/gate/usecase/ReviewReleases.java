package dev.portcullis.gate.usecase;

import dev.portcullis.gate.policy.GatePolicy;
import dev.portcullis.gate.policy.Policies;
import dev.portcullis.gate.policy.Undecided;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.Releases;
import dev.portcullis.gate.trace.Traces;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges every open release without being asked, so that a bad canary is aborted though nobody polls. Each is looked at about every two seconds, and every
 * half minute once its analysis has ended. Thread-safe; several replicas share the work.
 */
public final class ReviewReleases {
    private static final Logger LOG = LoggerFactory.getLogger(ReviewReleases.class);
    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final Duration EVERY_ONCE_OVER = Duration.ofSeconds(30);
    private static final int BATCH = 200;
    /** Below the size of the connection pool, which requests need too. */
    private static final int AT_ONCE = 6;

    private final Releases releases;
    private final Policies policies;
    private final JudgeRelease judgeRelease;
    private final Traces traces;
    private final Clock clock;

    public ReviewReleases(Releases releases, Policies policies, JudgeRelease judgeRelease, Traces traces, Clock clock) {
        this.releases = releases;
        this.policies = policies;
        this.judgeRelease = judgeRelease;
        this.traces = traces;
        this.clock = clock;
    }

    /** Reviews what is due, and returns when that is done. */
    public void reviewDue() {
        List<Release> due;
        do {
            var now = clock.instant();
            due = releases.takeForReview(now, now.plus(EVERY), BATCH);
            reviewAll(due);
        } while (due.size() == BATCH);
    }

    private void reviewAll(List<Release> due) {
        var permits = new Semaphore(AT_ONCE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var release : due) {
                permits.acquireUninterruptibly();
                threads.execute(() -> {
                    try {
                        review(release);
                    } finally {
                        permits.release();
                    }
                });
            }
        }
    }

    private void review(Release release) {
        try {
            var judged = traces.continuing(
                    release.opening().traceparent(),
                    "review release",
                    () -> judgeRelease.judge(release, undecided(release), ""));
            if (judged.finding().analysisOver()) {
                releases.reviewAt(release.id(), clock.instant().plus(EVERY_ONCE_OVER));
            }
        } catch (RuntimeException e) {
            LOG.warn("{} could not be reviewed and is again in {} s", release.name(), EVERY.toSeconds(), e);
        }
    }

    /** A release outlives its policy: without one, a FAIL still aborts, and an undecided deadline waits for a person. */
    private Undecided undecided(Release release) {
        return policies.find(release.key().service()).map(GatePolicy::undecided).orElse(Undecided.HOLD);
    }
}
