package dev.portcullis.benchmarks.calibration.workload;

import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;

/** How traffic and error ratios go over a run; chance may have a part in it. */
@FunctionalInterface
public interface Scenario {
    /** The conditions of each of {@code polls} polls. */
    List<Conditions> draw(UniformRandomProvider random, int polls);

    /**
     * The same from beginning to end.
     *
     * @param canary requests per second
     * @param baseline requests per second
     * @param canaryRatio of bad requests, 0 to 1
     * @param baselineRatio of bad requests, 0 to 1
     */
    static Scenario steady(double canary, double baseline, double canaryRatio, double baselineRatio) {
        var always = new Conditions(canary * Polls.SECONDS, baseline * Polls.SECONDS, canaryRatio, baselineRatio);
        return (random, polls) -> Collections.nCopies(polls, always);
    }

    /** From {@code poll} on, counted from 0, the canary has this ratio of bad requests. */
    default Scenario from(int poll, double canaryRatio) {
        return eachPoll(
                (before, at) -> at.poll < poll ? before : before.withRatios(canaryRatio, before.baselineRatio()));
    }

    /** Both arms' ratios times a factor that depends on the part of the run that is over, 0 to 1. */
    default Scenario drifting(DoubleUnaryOperator factor) {
        return eachPoll((before, at) -> {
            var now = factor.applyAsDouble(at.progress());
            return before.withRatios(before.canaryRatio() * now, before.baselineRatio() * now);
        });
    }

    /** The canary's share of all traffic in steps of equal length. */
    default Scenario stepping(double... shares) {
        return eachPoll((before, at) -> before.withShare(shares[(int) (at.progress() * shares.length)]));
    }

    /** Somewhere in the run, at a moment that chance picks, both arms have this ratio of bad requests. */
    default Scenario withOutage(int length, double ratio) {
        return (random, polls) -> {
            var start = random.nextInt(polls - length + 1);
            return eachPoll((before, at) ->
                            at.poll >= start && at.poll < start + length ? before.withRatios(ratio, ratio) : before)
                    .draw(random, polls);
        };
    }

    /** Bad spells on top of what is: a part of each arm's requests that is bad for a while. */
    default Scenario with(BadSpells spells) {
        return (random, polls) -> {
            var canary = spells.canary(random, polls);
            var baseline = spells.baseline(random, polls);
            return eachPoll((before, at) -> before.withRatios(
                            before.canaryRatio() + canary[at.poll] * spells.ratio(),
                            before.baselineRatio() + baseline[at.poll] * spells.ratio()))
                    .draw(random, polls);
        };
    }

    /** Each arm's ratio wanders about by itself. */
    default Scenario wandering(Wandering wandering) {
        return (random, polls) -> {
            var canary = wandering.factors(random, polls);
            var baseline = wandering.factors(random, polls);
            return eachPoll((before, at) -> before.withRatios(
                            before.canaryRatio() * canary[at.poll], before.baselineRatio() * baseline[at.poll]))
                    .draw(random, polls);
        };
    }

    private Scenario eachPoll(BiFunction<Conditions, Moment, Conditions> change) {
        return (random, polls) -> {
            var before = draw(random, polls);
            return IntStream.range(0, polls)
                    .mapToObj(poll -> change.apply(before.get(poll), new Moment(poll, polls)))
                    .toList();
        };
    }

    /**
     * A place in a run.
     *
     * @param poll counted from 0
     * @param of all polls
     */
    record Moment(int poll, int of) {
        double progress() {
            return (double) poll / of;
        }
    }
}
