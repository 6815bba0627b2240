package dev.portcullis.analysis.detection;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.evidence.Observation;
import dev.portcullis.analysis.judge.Judge;
import dev.portcullis.analysis.judge.JudgePlan;
import dev.portcullis.analysis.judge.JudgeWindow;
import dev.portcullis.analysis.judge.Judgement;
import dev.portcullis.analysis.judge.Verdict;
import dev.portcullis.analysis.slo.Rhythm;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Releases as they would go, window by window, before the judge of a live analysis. Each has random numbers of its own, so
 * the outcomes are the same every time and on any number of threads. Immutable.
 */
final class Simulation {
    private static final RandomGeneratorFactory<RandomGenerator> GENERATORS =
            RandomGeneratorFactory.of("L64X128MixRandom");
    private static final long SEED = 20_260_101;

    /** At 400 releases a share of one half is known to 2.5 points, one of 1 % to half a point. */
    private static final int USUAL_RELEASES = 400;

    /** Plans of very many windows get fewer releases, so that nobody waits for minutes. */
    private static final int MOST_WINDOWS = 400_000;

    private static final int FEWEST_RELEASES = 50;

    private final Judge judge;
    private final List<Slot> slots;
    private final Traffic traffic;

    Simulation(JudgePlan plan, Rhythm rhythm, Traffic traffic) {
        this.judge = new Judge(plan);
        this.slots = Slot.of(rhythm);
        this.traffic = traffic;
    }

    /** Releases of each scenario. */
    int releases() {
        return Math.clamp(MOST_WINDOWS / slots.size(), FEWEST_RELEASES, USUAL_RELEASES);
    }

    /**
     * The outcomes of one scenario.
     *
     * @param canary ratio of bad requests of each objective, in the order of the plan
     * @param stable the same of the stable version
     */
    Outcomes run(double[] canary, double[] stable) {
        List<Ending> endings = IntStream.range(0, releases())
                .parallel()
                .mapToObj(release -> release(random(release), canary, stable))
                .toList();
        return new Outcomes(endings.size(), times(endings, Verdict.FAIL), times(endings, Verdict.PASS));
    }

    private static List<Duration> times(List<Ending> endings, Verdict verdict) {
        return endings.stream()
                .filter(ending -> ending.verdict == verdict)
                .map(Ending::time)
                .toList();
    }

    private static UniformRandomProvider random(int release) {
        return GENERATORS.create(SEED + release)::nextLong;
    }

    private Ending release(UniformRandomProvider random, double[] canary, double[] stable) {
        Iterable<JudgeWindow> windows = () ->
                slots.stream().map(slot -> window(random, slot, canary, stable)).iterator();
        Judgement judgement = judge.judgeUntilDecided(windows);
        return new Ending(
                judgement.verdict(), slots.get(judgement.windows() - 1).end());
    }

    private JudgeWindow window(UniformRandomProvider random, Slot slot, double[] canary, double[] stable) {
        List<Observation> observations = IntStream.range(0, canary.length)
                .mapToObj(i -> Observation.of(new ArmCounts(
                        Arrivals.of(random, traffic.canary() * slot.canarySeconds(), canary[i]),
                        traffic.compares()
                                ? Arrivals.of(random, traffic.baseline() * slot.baselineSeconds(), stable[i])
                                : Counts.NONE)))
                .toList();
        return new JudgeWindow(observations, slot.passAllowed());
    }

    /**
     * How one release ended.
     *
     * @param time of the window that decided, or of the last
     */
    private record Ending(Verdict verdict, Duration time) {}
}
