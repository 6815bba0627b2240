package dev.portcullis.analysis.usecase;

import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.analysis.run.AnalysisRuns;
import dev.portcullis.analysis.run.ListPosition;
import dev.portcullis.analysis.run.RunFilter;
import dev.portcullis.analysis.run.UnreadableRecordException;
import dev.portcullis.analysis.run.Window;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A store that counts how often all windows of an analysis are loaded. Thread-safe. */
final class CountingRuns implements AnalysisRuns {
    final AtomicInteger loads = new AtomicInteger();
    private final AnalysisRuns runs;

    CountingRuns(AnalysisRuns runs) {
        this.runs = runs;
    }

    @Override
    public List<Window> windows(UUID id) {
        loads.incrementAndGet();
        return runs.windows(id);
    }

    @Override
    public Optional<AnalysisRun> find(UUID id) {
        return runs.find(id);
    }

    @Override
    public Optional<AnalysisRun> findByRequest(UUID requestId) {
        return runs.findByRequest(requestId);
    }

    @Override
    public boolean insert(AnalysisRun run, @Nullable UUID requestId) {
        return runs.insert(run, requestId);
    }

    @Override
    public boolean save(AnalysisRun run, List<Window> closed) {
        return runs.save(run, closed);
    }

    @Override
    public List<AnalysisRun> list(RunFilter filter, @Nullable ListPosition after, int limit) {
        return runs.list(filter, after, limit);
    }

    @Override
    public Optional<AnalysisRun> previous(String service, String canary, @Nullable String stable) {
        return runs.previous(service, canary, stable);
    }

    @Override
    public List<UUID> due(Instant now, int limit) {
        return runs.due(now, limit);
    }

    @Override
    public List<AnalysisRun> findAll(Collection<UUID> ids, BiConsumer<UUID, UnreadableRecordException> unreadable) {
        return runs.findAll(ids, unreadable);
    }

    @Override
    public boolean cancelUnread(UUID id, String reason, Instant now) {
        return runs.cancelUnread(id, reason, now);
    }

    @Override
    public void postpone(UUID id, Instant nextPoll) {
        runs.postpone(id, nextPoll);
    }

    @Override
    public void extendRetention(UUID id) {
        runs.extendRetention(id);
    }
}
