package dev.portcullis.analysis.run;

import dev.portcullis.analysis.metric.Buckets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The judges of running analyses, remembered between their polls, so that a window is loaded and folded once and not again with each
 * later one. Only a memory: what is not in it, or not of the windows stored, is made anew of the windows. Thread-safe.
 */
public final class RunJudges {
    private final Map<UUID, RunJudge> kept;

    /** @param most how many analyses are remembered; beyond, those polled longest ago are forgotten */
    public RunJudges(int most) {
        this.kept = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<UUID, RunJudge> eldest) {
                return size() > most;
            }
        };
    }

    /**
     * Hands out the judge of an analysis after its stored windows. It is forgotten with that: who folds more windows into it gives it
     * back when they are stored, and another copy could have stored other windows by then.
     *
     * @param run as stored
     * @param buckets of the windows to come; a judge with others is not used
     * @param stored gives its closed windows, oldest first
     */
    RunJudge take(AnalysisRun run, Map<String, Buckets> buckets, Supplier<List<Window>> stored) {
        return known(run.id())
                .filter(judge -> judge.judgesBy(buckets)
                        && judge.windows() == run.measurement().windowCount())
                .orElseGet(() -> RunJudge.after(stored.get(), run.plan(), buckets));
    }

    private synchronized Optional<RunJudge> known(UUID id) {
        return Optional.ofNullable(kept.remove(id));
    }

    /** Remembers the judge of an analysis whose poll was stored. */
    public synchronized void keep(Poll stored) {
        var judge = stored.judge();
        var run = stored.run();
        if (judge != null && run.isRunning()) {
            kept.put(run.id(), judge);
        }
    }
}
