package dev.portcullis.analysis.run;

import dev.portcullis.analysis.metric.Buckets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The judging of running analyses, remembered between their polls, so that a window is loaded and folded once and not again with each
 * later one. Only a memory: what is not in it, or not of the windows stored, is made anew of the windows. Thread-safe.
 */
public final class JudgeProgresses {
    private record Kept(JudgeProgress progress, Map<String, Buckets> buckets) {}

    private final Map<UUID, Kept> kept;

    /** @param most how many analyses are remembered; beyond, those polled longest ago are forgotten */
    public JudgeProgresses(int most) {
        this.kept = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<UUID, Kept> eldest) {
                return size() > most;
            }
        };
    }

    /**
     * Hands out the judging of an analysis after its stored windows. It is forgotten with that: who folds more windows into it gives it
     * back when they are stored, and another copy could have stored other windows by then.
     *
     * @param run as stored
     * @param buckets of its latency objectives, with which the windows to come are counted
     * @param stored gives its closed windows, oldest first
     */
    JudgeProgress take(AnalysisRun run, Map<String, Buckets> buckets, RunJudge judge, Supplier<List<Window>> stored) {
        var known = known(run.id())
                .filter(k -> k.buckets().equals(buckets)
                        && k.progress().windows() == run.measurement().windowCount());
        if (known.isPresent()) {
            return known.get().progress();
        }
        return JudgeProgress.of(judge, stored.get());
    }

    private synchronized Optional<Kept> known(UUID id) {
        return Optional.ofNullable(kept.remove(id));
    }

    /** Remembers the judging of an analysis whose poll was stored. */
    public synchronized void keep(Poll stored) {
        var progress = stored.progress();
        var run = stored.run();
        if (progress != null && run.isRunning()) {
            kept.put(run.id(), new Kept(progress, run.measurement().counters().buckets()));
        }
    }
}
