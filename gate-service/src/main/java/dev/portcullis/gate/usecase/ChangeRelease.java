package dev.portcullis.gate.usecase;

import dev.portcullis.gate.analysis.Analyses;
import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseEvents;
import dev.portcullis.gate.release.Releases;
import dev.portcullis.gate.release.StoreUnavailableException;
import dev.portcullis.gate.rollback.RollbackOrder;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Changes a release, and does what follows from that: an ABORT's rollback starts, and an analysis nobody needs any more is cancelled. Thread-safe. */
public final class ChangeRelease {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeRelease.class);

    private final Releases releases;
    private final Analyses analyses;
    private final StartRollbacks startRollbacks;
    private final Executor background;
    private final ReleaseEvents events;
    private final Consumer<Release> decided;
    private final Duration patience;

    /**
     * For those who wait so long, or not at all.
     *
     * @param background runs what nobody waits for; keeps the trace
     * @param decided is given each release on which something was decided, as it is after that
     * @param patience how long a rollback's start is waited for, so that an answer can name it; what takes longer goes on by itself. Zero where nobody hears of it
     */
    public ChangeRelease(
            Releases releases,
            Analyses analyses,
            StartRollbacks startRollbacks,
            Executor background,
            ReleaseEvents events,
            Consumer<Release> decided,
            Duration patience) {
        this.releases = releases;
        this.analyses = analyses;
        this.startRollbacks = startRollbacks;
        this.background = background;
        this.events = events;
        this.decided = decided;
        this.patience = patience;
    }

    /**
     * Changes it.
     *
     * @param rule what the release becomes, given as it is now, under its lock; empty changes nothing, and what it throws undoes everything
     * @return the release after that, as far as what follows was waited for; empty when there is no such release, or nothing was changed
     */
    Optional<Release> change(UUID id, Function<Release, Optional<Release>> rule) {
        return change(id, rule, true);
    }

    /**
     * The same when it is known whether the release's analysis may still measure.
     *
     * @param measuring false when it has ended, so that there is nothing to cancel
     */
    Optional<Release> change(UUID id, Function<Release, Optional<Release>> rule, boolean measuring) {
        var before = new AtomicReference<Release>();
        var changed = releases.change(id, current -> {
            before.set(current);
            return rule.apply(current);
        });
        return changed.map(after -> follow(Objects.requireNonNull(before.get()), after, measuring));
    }

    private Release follow(Release before, Release after, boolean measuring) {
        var decision = after.decidedSince(before);
        decision.ifPresent(made -> told(before, after, made));
        decision.ifPresent(made -> passOn(after));
        if (measuring && !after.open()) {
            cancel(after, after.analysis());
        }
        if (measuring && !after.analysis().equals(before.analysis())) {
            cancel(after, before.analysis());
        }
        var order = decision.flatMap(made -> after.order());
        order.ifPresent(this::start);
        return order.isPresent() && patience.isPositive()
                ? releases.find(after.id()).orElse(after)
                : after;
    }

    private void passOn(Release after) {
        try {
            decided.accept(after);
        } catch (StoreUnavailableException e) {
            LOG.debug("who goes by {} hears of the decision by his own review: {}", after.name(), e.getMessage());
        }
    }

    /** Another outcome is news, and so is an end; a new window alone is not. */
    private void told(Release before, Release after, Decision decision) {
        events.decided(decision, after.start().dryRun());
        var another = before.latest()
                .filter(known -> known.outcome() == decision.outcome())
                .isEmpty();
        if (another || !after.open()) {
            LOG.info("{}: {} {} ({})", after.name(), decision.outcome(), decision.reasons(), decision.explanation());
        }
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

    private void cancel(Release release, String analysis) {
        if (!analysis.isEmpty()) {
            var reason = release.open()
                    ? "release " + release.id() + " was promoted, and is watched by another analysis"
                    : "release " + release.id() + " ended as " + release.state();
            background.execute(() -> analyses.cancel(analysis, reason));
        }
    }
}
