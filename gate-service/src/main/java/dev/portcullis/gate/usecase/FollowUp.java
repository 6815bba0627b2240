package dev.portcullis.gate.usecase;

import dev.portcullis.gate.analysis.Analyses;
import dev.portcullis.gate.release.ChangedRelease;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseChange;
import dev.portcullis.gate.release.ReleaseEvents;
import dev.portcullis.gate.release.Releases;
import dev.portcullis.gate.rollback.RollbackOrder;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What follows a recorded change: an ABORT's rollback starts, and analyses nobody needs any more are cancelled. Thread-safe. */
public final class FollowUp {
    private static final Logger LOG = LoggerFactory.getLogger(FollowUp.class);

    /** How long an answer waits for its rollback, so that it can name it; what takes longer goes on by itself. */
    public static final Duration PATIENCE = Duration.ofMillis(500);

    private final Releases releases;
    private final Analyses analyses;
    private final StartRollbacks startRollbacks;
    private final Executor background;
    private final ReleaseEvents events;
    private final Duration patience;

    /**
     * For those who wait so long, or not at all.
     *
     * @param background runs what nobody waits for; keeps the trace
     * @param patience how long a rollback's start is waited for: {@link #PATIENCE} where somebody hears of it, zero where nobody does
     */
    public FollowUp(
            Releases releases,
            Analyses analyses,
            StartRollbacks startRollbacks,
            Executor background,
            ReleaseEvents events,
            Duration patience) {
        this.releases = releases;
        this.analyses = analyses;
        this.startRollbacks = startRollbacks;
        this.background = background;
        this.events = events;
        this.patience = patience;
    }

    /**
     * Does it.
     *
     * @param running the release's analysis if it may still measure
     * @return the release as it is after that, as far as it was waited for
     */
    Release after(ChangedRelease changed, Optional<String> running) {
        var release = changed.release();
        changed.change().ifPresent(change -> told(release, change));
        if (!release.open()) {
            running.ifPresent(analysis -> cancel(analysis, release));
        }
        var order = changed.change().flatMap(ReleaseChange::order);
        order.ifPresent(this::start);
        return order.isPresent() && patience.isPositive()
                ? releases.find(release.id()).orElse(release)
                : release;
    }

    private void start(RollbackOrder order) {
        if (patience.isZero()) {
            startRollbacks.begin(order);
            return;
        }
        try {
            CompletableFuture.runAsync(() -> startRollbacks.start(order), background)
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.info("the rollback of {} is still being prepared", order.release());
        } catch (ExecutionException e) {
            LOG.warn("the rollback of {} could not be started and is tried again", order.release(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void cancel(String analysis, Release release) {
        var reason = "release " + release.id() + " ended as " + release.state();
        background.execute(() -> analyses.cancel(analysis, reason));
    }

    private void told(Release release, ReleaseChange change) {
        change.decision()
                .ifPresent(decision -> events.decided(decision, release.start().dryRun()));
        if (change.turn()) {
            change.decision()
                    .ifPresent(decision -> LOG.info(
                            "{}: {} {} ({})",
                            release.name(),
                            decision.outcome(),
                            decision.ruling().reasons(),
                            decision.ruling().explanation()));
        }
    }
}
