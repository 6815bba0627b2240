package dev.portcullis.benchmarks.judge;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.evidence.Observation;
import dev.portcullis.analysis.judge.BaselineLimits;
import dev.portcullis.analysis.judge.Form;
import dev.portcullis.analysis.judge.JudgePlan;
import dev.portcullis.analysis.judge.JudgeWindow;
import dev.portcullis.analysis.judge.ObjectivePlan;
import dev.portcullis.analysis.judge.SequentialJudge;
import dev.portcullis.analysis.judge.SloLimits;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A canary at the edge of its objective of 999 in 1,000, with 25 requests a second beside 225 of the baseline; the same windows in every run. */
@State(Scope.Benchmark)
public class JudgedRelease {
    static final double ALPHA = 0.01;
    static final double BETA = 0.05;
    static final SloLimits SLO = new SloLimits(0.001, OptionalDouble.of(0.005), Form.VOTE, Form.COUNT, 5);
    static final BaselineLimits BASELINE_WITHOUT_MARGINS =
            new BaselineLimits(1.25, 0, OptionalDouble.of(2), 0, Form.VOTE, Form.COUNT, 5);

    private static final BaselineLimits BASELINE =
            new BaselineLimits(1.25, 0.00025, OptionalDouble.of(2), 0.001, Form.VOTE, Form.COUNT, 5);
    private static final int PLANNED_WINDOWS = 120;
    private static final int MIN_FAIL_WINDOWS = 2;
    private static final int LARGEST = 240;
    private static final int CANARY_REQUESTS = 750;
    private static final int BASELINE_REQUESTS = 6_750;
    private static final double BAD_RATIO = 0.001;
    private static final long SEED = 42;

    private final List<ArmCounts> counts = drawn();
    private final List<JudgeWindow> ofOneObjective = windows(1);
    private final List<JudgeWindow> ofTwoObjectives = windows(2);
    private final SequentialJudge one = new SequentialJudge(plan("availability"));
    private final SequentialJudge two = new SequentialJudge(plan("availability", "latency"));

    private static List<ArmCounts> drawn() {
        var random = new SplittableRandom(SEED);
        return Stream.generate(() -> new ArmCounts(arm(random, CANARY_REQUESTS), arm(random, BASELINE_REQUESTS)))
                .limit(LARGEST)
                .toList();
    }

    private static Counts arm(SplittableRandom random, int requests) {
        var bad = IntStream.range(0, requests)
                .filter(request -> random.nextDouble() < BAD_RATIO)
                .count();
        return new Counts(bad, requests);
    }

    private static JudgePlan plan(String... objectives) {
        var plans = Stream.of(objectives)
                .map(name -> new ObjectivePlan(name, 1, SLO, BASELINE))
                .toList();
        return new JudgePlan(ALPHA, BETA, PLANNED_WINDOWS, MIN_FAIL_WINDOWS, plans);
    }

    private List<JudgeWindow> windows(int objectives) {
        return counts.stream()
                .map(each -> new JudgeWindow(Collections.nCopies(objectives, Observation.of(each)), true))
                .toList();
    }

    /** A judge of one objective. */
    SequentialJudge one() {
        return one;
    }

    /** A judge of two objectives. */
    SequentialJudge two() {
        return two;
    }

    /** The first windows, 240 at most, with the same counts for each of one or two objectives. */
    List<JudgeWindow> windows(int number, int objectives) {
        return (objectives == 1 ? ofOneObjective : ofTwoObjectives).subList(0, number);
    }

    /** The counts of the first windows, 240 at most. */
    List<ArmCounts> counts(int number) {
        return counts.subList(0, number);
    }
}
