package dev.portcullis.gate.release;

import dev.portcullis.gate.feed.NotInMemoryException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;

/**
 * The releases as far as they are in memory: whatever cannot be answered from there, and whatever would be written, is a {@link NotInMemoryException}. So the rules by
 * which questions are answered need not know where they read. Thread-safe; never blocks.
 */
public final class ReleasesInMemory implements Releases {
    private final ReleaseMemory memory;

    public ReleasesInMemory(ReleaseMemory memory) {
        this.memory = memory;
    }

    @Override
    public Optional<Release> find(ReleaseKey key) {
        return Optional.of(memory.find(key).orElseThrow(NotInMemoryException::new));
    }

    @Override
    public Optional<Release> find(UUID id) {
        return Optional.of(memory.find(id).orElseThrow(NotInMemoryException::new));
    }

    @Override
    public boolean othersServedAfter(Release ended) {
        return memory.othersServedAfter(ended).orElseThrow(NotInMemoryException::new);
    }

    @Override
    public Release open(ReleaseStart start) {
        throw new NotInMemoryException();
    }

    @Override
    public void discard(UUID id) {
        throw new NotInMemoryException();
    }

    @Override
    public Optional<Release> change(UUID id, Function<Release, Optional<Release>> rule) {
        throw new NotInMemoryException();
    }

    @Override
    public Optional<Release> openOnTopOf(ReleaseKey key, String stable, boolean dryRun) {
        throw new NotInMemoryException();
    }

    @Override
    public Optional<Release> lastAborted(String service) {
        throw new NotInMemoryException();
    }

    @Override
    public List<ReleaseInProgress> inProgress() {
        throw new NotInMemoryException();
    }

    @Override
    public OpenReleases open() {
        throw new NotInMemoryException();
    }

    @Override
    public List<Release> takeForReview(Instant now, Instant next, int limit) {
        throw new NotInMemoryException();
    }

    @Override
    public List<Release> openOf(Collection<String> analyses) {
        throw new NotInMemoryException();
    }

    @Override
    public void reviewAt(UUID id, Instant next) {
        throw new NotInMemoryException();
    }

    @Override
    public List<Release> list(ReleaseFilter filter, OptionalLong before, int limit) {
        throw new NotInMemoryException();
    }
}
