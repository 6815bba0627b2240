package dev.portcullis.gate.store;

import dev.portcullis.gate.hold.HoldMemory;
import dev.portcullis.gate.release.ReleaseMemory;
import dev.portcullis.gate.release.RolloutKey;
import dev.portcullis.kit.database.RowChanges;
import dev.portcullis.kit.lifecycle.BackgroundWork;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the releases in memory current: ten times a second it looks for what any replica has changed, and at once after this one has changed something. While the
 * database cannot be read, memory is soon too old to be answered from. Has a thread of the operating system, which does not wait behind the questions that wait for it.
 */
public final class ReleaseFeed implements BackgroundWork {
    private static final Logger LOG = LoggerFactory.getLogger(ReleaseFeed.class);
    private static final Duration EVERY = Duration.ofMillis(100);
    /** Between two looks, however much this replica changes. */
    private static final Duration SHORTEST = Duration.ofMillis(10);

    private static final String CHANGED = """
            select 'RELEASE' as kind, r.service, r.namespace, r.rollout, null::uuid as deleted, r.changed from releases r where %s
            union all
            select 'RELEASE', r.service, r.namespace, r.rollout, null::uuid, o.changed
            from rollback_orders o join releases r on r.id = o.release_id where %s
            union all
            select 'DELETED', '', '', '', d.id, d.changed from deleted_record d where %s
            union all
            select 'HOLD', '', '', '', null::uuid, h.changed from promotion_holds h where %s""".formatted(
            RowChanges.condition("r"), RowChanges.condition("o"), RowChanges.condition("d"), RowChanges.condition("h"));

    private final RowChanges<Change> changes;
    private final PostgresReleases releases;
    private final ReleaseMemory memory;
    private final PostgresPromotionHolds holds;
    private final HoldMemory holdMemory;
    private final LongSupplier nanos;
    private final Thread thread = Thread.ofPlatform().daemon().name("releases").unstarted(this::run);
    private volatile boolean stopped;
    private Optional<String> snapshot = Optional.empty();

    /**
     * Begins when it is started.
     *
     * @param untraced read without spans, since it is read many times a second and belongs to no trace
     * @param releases on the same database, and without spans as well
     * @param holds as the releases
     * @param nanos the clock of both memories
     */
    public ReleaseFeed(
            DataSource untraced,
            PostgresReleases releases,
            ReleaseMemory memory,
            PostgresPromotionHolds holds,
            HoldMemory holdMemory,
            LongSupplier nanos) {
        this.changes = new RowChanges<>(
                untraced,
                CHANGED,
                (row, context) -> new Change(
                        Kind.valueOf(row.getString("kind")),
                        new RolloutKey(row.getString("service"), row.getString("namespace"), row.getString("rollout")),
                        Optional.ofNullable(row.getObject("deleted", UUID.class))));
        this.releases = releases;
        this.memory = memory;
        this.holds = holds;
        this.holdMemory = holdMemory;
        this.nanos = nanos;
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void stop() {
        stopped = true;
        thread.interrupt();
    }

    private void run() {
        try {
            while (!stopped) {
                lookOrForget();
                Thread.sleep(SHORTEST);
                memory.awaitChangeHere(EVERY.minus(SHORTEST));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void lookOrForget() {
        try {
            look();
        } catch (RuntimeException e) {
            LOG.debug("the changes of releases could not be looked for; the database is read for each answer", e);
            snapshot = Optional.empty();
            memory.forget();
            holdMemory.forget();
            memory.wakeAll();
        }
    }

    /** Looks once. Throws what the database throws; nothing is current then. */
    void look() {
        var began = nanos.getAsLong();
        if (snapshot.isEmpty()) {
            snapshot = Optional.of(changes.now());
            memory.currentAsOf(began);
            readHolds(began);
            memory.wakeAll();
            return;
        }
        var look = changes.since(snapshot.get());
        Set<RolloutKey> rollouts = new HashSet<>();
        Set<UUID> deleted = new HashSet<>();
        var held = false;
        for (var change : look.changed()) {
            switch (change.kind()) {
                case RELEASE -> rollouts.add(change.rollout());
                case DELETED -> deleted.add(change.deleted().orElseThrow());
                case HOLD -> held = true;
            }
        }
        var known = memory.changed(rollouts, deleted);
        if (!known.isEmpty()) {
            var ticket = memory.ticket();
            releases.latest(known).forEach(release -> memory.keep(release, ticket));
        }
        if (held) {
            readHolds(began);
        } else {
            holdMemory.currentAsOf(began);
        }
        snapshot = Optional.of(look.snapshot());
        memory.currentAsOf(began);
        if (held) {
            memory.wakeAll();
        } else {
            memory.wake(rollouts);
        }
    }

    private void readHolds(long began) {
        holdMemory.keep(holds.activeNow());
        holdMemory.currentAsOf(began);
    }

    /** What has changed. */
    private enum Kind {
        /** A release of a rollout. */
        RELEASE,
        /** A release that is no more. */
        DELETED,
        /** A hold, of whatever. */
        HOLD
    }

    /**
     * A change.
     *
     * @param rollout of a release that has changed
     * @param deleted the release that is no more
     */
    private record Change(Kind kind, RolloutKey rollout, Optional<UUID> deleted) {}
}
