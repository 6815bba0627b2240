package dev.portcullis.analysis.run;

import dev.portcullis.analysis.evidence.Observation;
import dev.portcullis.analysis.judge.JudgeWindow;
import dev.portcullis.analysis.judge.Judgement;
import dev.portcullis.analysis.judge.RunningJudgement;
import dev.portcullis.analysis.judge.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The judging of one analysis as its windows close: each is folded once, and what comes of them is what {@link RunJudge#assess} makes
 * of all of them at once, bit for bit. Not thread-safe.
 */
public final class JudgeProgress {
    private final RunJudge judge;
    private final RunningJudgement running;
    /** The judgements after the last windows, oldest first: the present one, and as many before it as make a pace. */
    private final Deque<Judgement> judgements = new ArrayDeque<>();

    private final List<Observation> totals = new ArrayList<>();
    private Map<String, Observation> counts = Map.of();
    private int windows;
    private @Nullable Instant start;
    private @Nullable Instant end;
    private Duration baked = Duration.ZERO;
    private @Nullable Instant passTime;
    private Map<String, Observation> passCounts = Map.of();

    JudgeProgress(RunJudge judge, RunningJudgement running) {
        this.judge = judge;
        this.running = running;
        judgements.add(running.judgement());
    }

    /** The judging of an analysis after these windows, which are all that it closed. */
    static JudgeProgress of(RunJudge judge, List<Window> windows) {
        var progress = judge.begin();
        windows.forEach(progress::add);
        return progress;
    }

    /** Whether this judge would have judged the same. */
    boolean isOf(RunJudge other) {
        return judge.buckets().equals(other.buckets());
    }

    /** How many windows were taken in. */
    int windows() {
        return windows;
    }

    /** Takes in the next window. */
    void add(Window window) {
        windows++;
        start = start == null ? window.start() : start;
        end = window.end();
        baked = baked.plus(judge.baked(window));
        counts = Tally.plus(counts, window.counts());
        var seen = judge.seen(window, judge.isBaked(baked));
        add(seen);
        running.add(seen);
        var judgement = running.judgement();
        judgements.add(judgement);
        if (judgements.size() > Pace.WINDOWS + 1) {
            judgements.removeFirst();
        }
        if (passTime == null && judgement.passedAt().isPresent()) {
            passTime = window.end();
            passCounts = counts;
        }
    }

    private void add(JudgeWindow seen) {
        for (int i = 0; i < seen.observations().size(); i++) {
            var more = seen.observations().get(i);
            if (i < totals.size()) {
                totals.set(i, totals.get(i).plus(more));
            } else {
                totals.add(more);
            }
        }
    }

    /**
     * The assessment after the last window.
     *
     * @param over whether the deadline has come
     * @param all the windows taken in, oldest first; only asked for where one of them has to be looked at again
     */
    Assessment assess(boolean over, Supplier<List<Window>> all) {
        var judgement = judgements.getLast();
        var pace = Pace.between(judgements.getFirst(), judgement);
        if (judge.isScored()) {
            return judge.scored(judgement, pace, all.get(), over);
        }
        return new Assessment(
                judgement,
                pace,
                baked,
                passTime,
                passCounts,
                judgement.verdict() == Verdict.FAIL ? judge.findings(all.get()) : null,
                judgement.verdict() == Verdict.CONTINUE && start != null && end != null
                        ? judge.shortage(List.copyOf(totals), start, end)
                        : null,
                null);
    }
}
