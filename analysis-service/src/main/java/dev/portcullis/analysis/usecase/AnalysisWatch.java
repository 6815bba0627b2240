package dev.portcullis.analysis.usecase;

import dev.portcullis.analysis.run.AnalysisChanges;
import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.analysis.run.AnalysisRuns;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** What one watcher of analyses has been told. Not thread-safe. */
public final class AnalysisWatch {
    /** Told in one message, which has to be far smaller than the 4 MiB that clients take. */
    private static final int AT_ONCE = 50;

    private final AnalysisChanges changes;
    private final AnalysisRuns runs;
    private final LongSupplier nanos;
    private final long begun;
    private String position;

    AnalysisWatch(AnalysisChanges changes, AnalysisRuns runs, LongSupplier nanos, String position) {
        this.changes = changes;
        this.runs = runs;
        this.nanos = nanos;
        this.begun = nanos.getAsLong();
        this.position = position;
    }

    /**
     * Looks for what is new, and tells it in parts, the last of which bears how current it is. Throws what the store throws.
     *
     * @throws dev.portcullis.analysis.run.UnknownPositionException when the store has not given the position it goes on from
     */
    public void look(Consumer<Part> told) {
        var elapsed = Duration.ofNanos(nanos.getAsLong() - begun);
        var look = position.isEmpty() ? new AnalysisChanges.Look(changes.now(), List.of()) : changes.since(position);
        var left = look.analyses();
        while (left.size() > AT_ONCE) {
            told.accept(part(left.subList(0, AT_ONCE), Optional.empty()));
            left = left.subList(AT_ONCE, left.size());
        }
        told.accept(part(left, Optional.of(new Currency(look.position(), elapsed))));
        position = look.position();
    }

    private Part part(List<UUID> ids, Optional<Currency> currency) {
        if (ids.isEmpty()) {
            return new Part(List.of(), Set.of(), currency);
        }
        Set<UUID> lost = new HashSet<>(ids);
        var found = runs.findAll(ids, (id, fault) -> {});
        found.forEach(run -> lost.remove(run.id()));
        return new Part(found, lost, currency);
    }

    /**
     * A part of what a look has found.
     *
     * @param runs begun or changed, as they are now
     * @param lost those that there are no more, or that cannot be read
     * @param currency in the last part of a look
     */
    public record Part(List<AnalysisRun> runs, Set<UUID> lost, Optional<Currency> currency) {
        public Part {
            runs = List.copyOf(runs);
            lost = Set.copyOf(lost);
        }
    }

    /**
     * How current a watcher is.
     *
     * @param position where a later watch may go on
     * @param elapsed time from the beginning of the watch to that of the look
     */
    public record Currency(String position, Duration elapsed) {}
}
