package dev.portcullis.analysis.run;

import dev.portcullis.analysis.metric.Buckets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A poll while its readings are added. Not thread-safe. */
final class PollSteps {
    private final AnalysisRun before;
    private final JudgeProgresses memory;
    private final Supplier<List<Window>> stored;
    private final List<Window> closed = new ArrayList<>();
    private AnalysisRun run;
    private boolean newShortage;
    private @Nullable JudgeProgress progress;

    PollSteps(AnalysisRun before, JudgeProgresses memory, Supplier<List<Window>> stored) {
        this.before = before;
        this.memory = memory;
        this.stored = stored;
        this.run = before;
    }

    boolean isRunning() {
        return run.isRunning();
    }

    Poll poll() {
        return new Poll(run, closed, newShortage, progress);
    }

    void add(TimedReading taken) {
        var plan = run.plan();
        var now = taken.moment();
        var counted = run.measurement().plus(taken, plan);
        var window = counted.closing(plan, taken);
        if (window == null) {
            run = run.with(counted, withoutWindow(counted, now)).settled(now);
            return;
        }
        var judging = progress(counted.counters().buckets());
        closed.add(window);
        judging.add(window);
        var assessed = judging.assess(plan.isOver(now), this::windows);
        newShortage |= assessed.shortage() != null && run.assessment().shortage() == null;
        run = run.with(counted.closed(window, plan, taken.counted()), assessed).settled(now);
    }

    /** Nothing new to judge; but a judge that looks at the deadline looks then, whether or not a window closes. */
    private Assessment withoutWindow(Measurement counted, Instant now) {
        var plan = run.plan();
        return plan.settings().score() != null && plan.isOver(now)
                ? new RunJudge(plan, counted.counters().buckets()).assess(windows(), true)
                : run.assessment();
    }

    private List<Window> windows() {
        return Stream.concat(stored.get().stream(), closed.stream()).toList();
    }

    private JudgeProgress progress(Map<String, Buckets> buckets) {
        var judge = new RunJudge(run.plan(), buckets);
        if (progress == null || !progress.isOf(judge)) {
            progress = closed.isEmpty() ? memory.take(before, judge, stored) : JudgeProgress.of(judge, windows());
        }
        return progress;
    }
}
