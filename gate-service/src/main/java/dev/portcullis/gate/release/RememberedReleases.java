package dev.portcullis.gate.release;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;

/** The releases of the store, of which those that are asked about are kept in memory, and what is changed here is forgotten there before anybody hears of it. Thread-safe. */
public final class RememberedReleases implements Releases {
    private final Releases store;
    private final ReleaseMemory memory;

    public RememberedReleases(Releases store, ReleaseMemory memory) {
        this.store = store;
        this.memory = memory;
    }

    @Override
    public Optional<Release> find(ReleaseKey key) {
        var ticket = memory.ticket();
        var found = store.find(key);
        found.ifPresent(release -> memory.keep(release, ticket));
        return found;
    }

    @Override
    public Optional<Release> find(UUID id) {
        return store.find(id);
    }

    @Override
    public Release open(ReleaseStart start) {
        var opened = store.open(start);
        memory.changedHere(opened.key().ofRollout());
        return opened;
    }

    @Override
    public void discard(UUID id) {
        store.discard(id);
    }

    @Override
    public Optional<Release> change(UUID id, Function<Release, Optional<Release>> rule) {
        var changed = store.change(id, rule);
        changed.ifPresent(release -> memory.changedHere(release.key().ofRollout()));
        return changed;
    }

    @Override
    public boolean othersServedAfter(Release ended) {
        var ticket = memory.ticket();
        var served = store.othersServedAfter(ended);
        memory.keepOthersServedAfter(ended, served, ticket);
        return served;
    }

    @Override
    public Optional<Release> openOnTopOf(ReleaseKey key, String stable, boolean dryRun) {
        return store.openOnTopOf(key, stable, dryRun);
    }

    @Override
    public Optional<Release> lastAborted(String service) {
        return store.lastAborted(service);
    }

    @Override
    public List<ReleaseInProgress> inProgress() {
        return store.inProgress();
    }

    @Override
    public OpenReleases open() {
        return store.open();
    }

    @Override
    public List<Release> takeForReview(Instant now, Instant next, int limit) {
        return store.takeForReview(now, next, limit);
    }

    @Override
    public List<Release> openOf(Collection<String> analyses) {
        return store.openOf(analyses);
    }

    @Override
    public void reviewAt(UUID id, Instant next) {
        store.reviewAt(id, next);
    }

    @Override
    public List<Release> list(ReleaseFilter filter, OptionalLong before, int limit) {
        return store.list(filter, before, limit);
    }
}
