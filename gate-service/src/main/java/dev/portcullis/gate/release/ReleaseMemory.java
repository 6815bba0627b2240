package dev.portcullis.gate.release;

import dev.portcullis.gate.feed.Freshness;
import dev.portcullis.gate.feed.RecentlyUsed;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The latest run of each release key that was asked about lately, as long as the feed of the store keeps it current. Nothing is answered when the feed's latest look is
 * older than {@link #GOOD_FOR}. What was read of the store is kept only if no change of its rollout was told since the reading began, so that an older state never
 * takes the place of a newer one. Holds the {@value #MOST} that were used last. Thread-safe; never waits for anybody but its own short steps.
 */
public final class ReleaseMemory {
    /** The oldest look that anybody is answered by. */
    public static final Duration GOOD_FOR = Duration.ofMillis(250);

    static final int MOST = 10_000;

    private final Freshness freshness;
    private final Map<ReleaseKey, Known> byKey;
    private final Map<UUID, Known> byId = new HashMap<>();
    /** Counts the changes told, so that it is known whether one came between a reading's beginning and its end. */
    private long changes;
    /** The number of the last change of those rollouts that changed last. */
    private final Map<RolloutKey, Long> changed;
    /** Readings that began before this change may have missed one that is no longer listed. */
    private long unlisted;

    /** What was in memory before this process itself changed it: the feed reads it anew before anybody is woken. */
    private final Set<ReleaseKey> forgottenHere = new HashSet<>();

    private final Map<RolloutKey, CopyOnWriteArrayList<Runnable>> listeners = new ConcurrentHashMap<>();
    private final List<Consumer<Collection<RolloutKey>>> observers = new CopyOnWriteArrayList<>();
    private final AtomicLong changesHere = new AtomicLong();
    private final Semaphore nudges = new Semaphore(0);

    /** @param nanos a clock that only goes forward, as {@link System#nanoTime} */
    public ReleaseMemory(LongSupplier nanos) {
        this(nanos, MOST);
    }

    ReleaseMemory(LongSupplier nanos, int most) {
        this.freshness = new Freshness(nanos, GOOD_FOR);
        this.byKey = new RecentlyUsed<>(most, (key, known) -> byId.remove(known.release.id()));
        this.changed = new RecentlyUsed<>(most, (rollout, change) -> unlisted = Math.max(unlisted, change));
    }

    /** The latest run of a key; empty when it is not in memory, or may be out of date. */
    public synchronized Optional<Release> find(ReleaseKey key) {
        return freshness.isCurrent() ? Optional.ofNullable(byKey.get(key)).map(Known::release) : Optional.empty();
    }

    /** A release that is the latest run of its key; empty when it is not in memory, or may be out of date. */
    public synchronized Optional<Release> find(UUID id) {
        // By its key, so that it counts as used.
        return freshness.isCurrent()
                ? Optional.ofNullable(byId.get(id))
                        .map(known -> byKey.get(known.release.key()))
                        .map(Known::release)
                : Optional.empty();
    }

    /** What {@link Releases#othersServedAfter} answers; empty when it is not in memory, or may be out of date. */
    public synchronized Optional<Boolean> othersServedAfter(Release ended) {
        return freshness.isCurrent()
                ? Optional.ofNullable(byId.get(ended.id())).flatMap(Known::othersServed)
                : Optional.empty();
    }

    /** Whether what is in memory is current. */
    public synchronized boolean isCurrent() {
        return freshness.isCurrent();
    }

    /** Whether the latest look began after a moment of this object's clock. */
    public synchronized boolean hasLookedSince(long moment) {
        return freshness.hasLookedSince(moment);
    }

    /** To be had before the store is read: what was told until then. */
    public synchronized Ticket ticket() {
        return new Ticket(freshness.hasBegun(), freshness.gaps(), changes);
    }

    /** Keeps the latest run of its key as it was read of the store, unless a change may have been missed. */
    public synchronized void keep(Release release, Ticket read) {
        if (isGood(read, release.key())) {
            var before = byKey.put(release.key(), new Known(release, Optional.empty()));
            if (before != null) {
                byId.remove(before.release.id());
            }
            byId.put(release.id(), Objects.requireNonNull(byKey.get(release.key())));
        }
    }

    /** Keeps what was read of the others of a rollout; the rest is as in {@link #keep}. */
    public synchronized void keepOthersServedAfter(Release ended, boolean served, Ticket read) {
        var known = byId.get(ended.id());
        if (known != null && isGood(read, ended.key())) {
            var more = new Known(known.release, Optional.of(served));
            byKey.put(ended.key(), more);
            byId.put(ended.id(), more);
        }
    }

    private boolean isGood(Ticket read, ReleaseKey key) {
        return read.begun
                && freshness.hasBegun()
                && read.gaps == freshness.gaps()
                && read.changes >= unlisted
                && read.changes >= changed.getOrDefault(key.ofRollout(), 0L);
    }

    /**
     * Forgets what has changed.
     *
     * @param rollouts of which a release, its latest decision or its rollback has changed
     * @param deleted releases that are no more
     * @return keys of which something was in memory, also before this process itself changed it
     */
    public synchronized Set<ReleaseKey> changed(Set<RolloutKey> rollouts, Set<UUID> deleted) {
        var concerned = forgetChanged(rollouts, deleted);
        forgottenHere.removeIf(key -> {
            var told = rollouts.contains(key.ofRollout());
            if (told) {
                concerned.add(key);
            }
            return told;
        });
        return concerned;
    }

    private Set<ReleaseKey> forgetChanged(Set<RolloutKey> rollouts, Set<UUID> deleted) {
        if (rollouts.isEmpty() && deleted.isEmpty()) {
            return new HashSet<>();
        }
        changes++;
        rollouts.forEach(rollout -> changed.put(rollout, changes));
        if (!deleted.isEmpty()) {
            unlisted = changes;
        }
        Set<ReleaseKey> concerned = new HashSet<>();
        byKey.forEach((key, known) -> {
            if (rollouts.contains(key.ofRollout()) || deleted.contains(known.release.id())) {
                concerned.add(key);
            }
        });
        concerned.forEach(key ->
                byId.remove(Objects.requireNonNull(byKey.remove(key)).release.id()));
        return concerned;
    }

    /**
     * The feed has told everything that was written before a look.
     *
     * @param lookBegan when that began, by this object's clock
     */
    public synchronized void currentAsOf(long lookBegan) {
        freshness.looked(lookBegan);
    }

    /** The feed has a gap: nothing is known any more. */
    public synchronized void forget() {
        freshness.gap();
        byKey.clear();
        byId.clear();
        changed.clear();
        forgottenHere.clear();
        unlisted = 0;
        changes = 0;
    }

    /** How many are in memory. */
    public synchronized int size() {
        return byKey.size();
    }

    /** Forgets what this process itself has just changed of a rollout, and has the feed look at once. */
    public void changedHere(RolloutKey rollout) {
        synchronized (this) {
            forgottenHere.addAll(forgetChanged(Set.of(rollout), Set.of()));
        }
        changesHere.incrementAndGet();
        nudges.release();
    }

    /** The same of a release of which only the id is known. */
    public void changedHere(UUID release) {
        synchronized (this) {
            var known = byId.get(release);
            if (known == null) {
                // It may be read just now.
                changes++;
                unlisted = changes;
            } else {
                forgottenHere.addAll(forgetChanged(Set.of(known.release.key().ofRollout()), Set.of()));
            }
        }
        changesHere.incrementAndGet();
        nudges.release();
    }

    /** Has the feed look at once, since this process has just changed what answers rest on beside releases. */
    public void changedBesideReleases() {
        changesHere.incrementAndGet();
        nudges.release();
    }

    /** Rises with every change that this process makes itself. */
    public long changesHere() {
        return changesHere.get();
    }

    /** Waits until this process changes something, for a time at most: the feed's pause. */
    public void awaitChangeHere(Duration longest) throws InterruptedException {
        if (nudges.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS)) {
            nudges.drainPermits();
        }
    }

    /**
     * Calls somebody whenever something of a rollout may have changed, whoever changed it, after it can be read here.
     *
     * @param listener returns at once
     * @return ends that
     */
    public Runnable listen(RolloutKey rollout, Runnable listener) {
        listeners.compute(rollout, (key, known) -> {
            var all = known == null ? new CopyOnWriteArrayList<Runnable>() : known;
            all.add(listener);
            return all;
        });
        return () -> listeners.computeIfPresent(rollout, (key, known) -> {
            known.remove(listener);
            return known.isEmpty() ? null : known;
        });
    }

    /**
     * Calls somebody whenever something of any rollout may have changed, whoever changed it.
     *
     * @param observer is given the rollouts, or nothing when anything may have changed; returns at once
     * @return ends that
     */
    public Runnable observe(Consumer<Collection<RolloutKey>> observer) {
        observers.add(observer);
        return () -> observers.remove(observer);
    }

    /** Tells those who listen. */
    public void wake(Collection<RolloutKey> rollouts) {
        if (!rollouts.isEmpty()) {
            observers.forEach(observer -> observer.accept(rollouts));
        }
        tell(rollouts);
    }

    private void tell(Collection<RolloutKey> rollouts) {
        rollouts.forEach(rollout -> {
            var known = listeners.get(rollout);
            if (known != null) {
                known.forEach(Runnable::run);
            }
        });
    }

    /** Tells all who listen, because anything may have changed. */
    public void wakeAll() {
        observers.forEach(observer -> observer.accept(Set.of()));
        tell(Set.copyOf(listeners.keySet()));
    }

    /** @param othersServed empty while nobody has asked */
    private record Known(Release release, Optional<Boolean> othersServed) {}

    /** What had been told when a reading began. */
    public static final class Ticket {
        private final boolean begun;
        private final long gaps;
        private final long changes;

        private Ticket(boolean begun, long gaps, long changes) {
            this.begun = begun;
            this.gaps = gaps;
            this.changes = changes;
        }
    }
}
