package dev.portcullis.analysis.run;

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
    private final Map<UUID, JudgeProgress> kept;

    /** @param most how many analyses are remembered; beyond, those polled longest ago are forgotten */
    public JudgeProgresses(int most) {
        this.kept = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<UUID, JudgeProgress> eldest) {
                return size() > most;
            }
        };
    }

    /**
     * Hands out the judging of an analysis after its stored windows. It is forgotten with that: who folds more windows into it gives it
     * back when they are stored, and another copy could have stored other windows by then.
     *
     * @param run as stored
     * @param judge of the windows to come; what was judged with other buckets is not used
     * @param stored gives its closed windows, oldest first
     */
    JudgeProgress take(AnalysisRun run, RunJudge judge, Supplier<List<Window>> stored) {
        return known(run.id())
                .filter(progress -> progress.isOf(judge)
                        && progress.windows() == run.measurement().windowCount())
                .orElseGet(() -> JudgeProgress.of(judge, stored.get()));
    }

    private synchronized Optional<JudgeProgress> known(UUID id) {
        return Optional.ofNullable(kept.remove(id));
    }

    /** Remembers the judging of an analysis whose poll was stored. */
    public synchronized void keep(Poll stored) {
        var progress = stored.progress();
        var run = stored.run();
        if (progress != null && run.isRunning()) {
            kept.put(run.id(), progress);
        }
    }
}
