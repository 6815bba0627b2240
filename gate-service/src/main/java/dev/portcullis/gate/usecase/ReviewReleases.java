package dev.portcullis.gate.usecase;

import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.Releases;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * Judges every open release without being asked, so that a bad canary is aborted though nobody polls and no verdict was heard. Each is looked at about every
 * two seconds, and every half minute once its analysis has ended. Thread-safe; several replicas share the work.
 */
public final class ReviewReleases {
    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final int BATCH = 200;
    /** Below the size of the connection pool, which requests need too. */
    private static final int AT_ONCE = 6;

    private final Releases releases;
    private final ReviewRelease one;
    private final Clock clock;

    public ReviewReleases(Releases releases, ReviewRelease one, Clock clock) {
        this.releases = releases;
        this.one = one;
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
                        one.review(release);
                    } finally {
                        permits.release();
                    }
                });
            }
        }
    }
}
