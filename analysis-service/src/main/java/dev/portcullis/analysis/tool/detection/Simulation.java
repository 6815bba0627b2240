package dev.portcullis.analysis.tool.detection;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.evidence.Observation;
import dev.portcullis.analysis.judge.JudgePlan;
import dev.portcullis.analysis.judge.JudgeWindow;
import dev.portcullis.analysis.judge.Judgement;
import dev.portcullis.analysis.judge.SequentialJudge;
import dev.portcullis.analysis.judge.Verdict;
import dev.portcullis.analysis.slo.AnalysisTiming;
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

    private final SequentialJudge judge;
    private final List<Slot> slots;
    private final AssumedTraffic assumedTraffic;

    Simulation(JudgePlan plan, AnalysisTiming timing, AssumedTraffic assumedTraffic) {
        this.judge = new SequentialJudge(plan);
        this.slots = Slot.of(timing);
        this.assumedTraffic = assumedTraffic;
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
    OutcomeCounts run(double[] canary, double[] stable) {
        List<TimedVerdict> endings = IntStream.range(0, releases())
                .parallel()
                .mapToObj(release -> release(random(release), canary, stable))
                .toList();
        return new OutcomeCounts(endings.size(), times(endings, Verdict.FAIL), times(endings, Verdict.PASS));
    }

    private static List<Duration> times(List<TimedVerdict> endings, Verdict verdict) {
        return endings.stream()
                .filter(timedVerdict -> timedVerdict.verdict == verdict)
                .map(TimedVerdict::time)
                .toList();
    }

    private static UniformRandomProvider random(int release) {
        return GENERATORS.create(SEED + release)::nextLong;
    }

    private TimedVerdict release(UniformRandomProvider random, double[] canary, double[] stable) {
        Iterable<JudgeWindow> windows = () ->
                slots.stream().map(slot -> window(random, slot, canary, stable)).iterator();
        Judgement judgement = judge.judgeUntilDecided(windows);
        return new TimedVerdict(
                judgement.verdict(), slots.get(judgement.windows() - 1).end());
    }

    private JudgeWindow window(UniformRandomProvider random, Slot slot, double[] canary, double[] stable) {
        List<Observation> observations = IntStream.range(0, canary.length)
                .mapToObj(i -> Observation.of(new ArmCounts(
                        Arrivals.of(random, assumedTraffic.canary() * slot.canarySeconds(), canary[i]),
                        assumedTraffic.compares()
                                ? Arrivals.of(random, assumedTraffic.baseline() * slot.baselineSeconds(), stable[i])
                                : Counts.NONE)))
                .toList();
        return new JudgeWindow(observations, slot.passAllowed());
    }

    /**
     * How one release ended.
     *
     * @param time of the window that decided, or of the last
     */
    private record TimedVerdict(Verdict verdict, Duration time) {}
}
