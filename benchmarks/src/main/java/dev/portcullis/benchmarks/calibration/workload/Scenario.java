package dev.portcullis.benchmarks.calibration.workload;

import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
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

    /** From {@code start} on, in polls from the beginning of the run, the canary has this ratio of bad requests; the poll in which that is has some of both. */
    default Scenario from(double start, double canaryRatio) {
        return eachPoll((before, at) -> before.withRatios(
                mixed(before.canaryRatio(), canaryRatio, new Span(start, at.of).partOf(at.poll)),
                before.baselineRatio()));
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

    /** The canary's ratio times a factor that depends on the part of the run that is over, 0 to 1. */
    default Scenario canaryDrifting(DoubleUnaryOperator factor) {
        return eachPoll((before, at) ->
                before.withRatios(before.canaryRatio() * factor.applyAsDouble(at.progress()), before.baselineRatio()));
    }

    /** Somewhere in the run, at a moment that chance picks and that need not be a poll's, both arms have this ratio of bad requests for {@code length} polls. */
    default Scenario withOutage(double length, double ratio) {
        return (random, polls) -> {
            var outage = Span.anywhere(random, length, polls);
            return eachPoll((before, at) -> before.withRatios(
                            mixed(before.canaryRatio(), ratio, outage.partOf(at.poll)),
                            mixed(before.baselineRatio(), ratio, outage.partOf(at.poll))))
                    .draw(random, polls);
        };
    }

    /** What is different from run to run, and the same from the beginning to the end of each. */
    default Scenario inEachRun(Function<UniformRandomProvider, UnaryOperator<Conditions>> change) {
        return (random, polls) -> {
            var drawn = change.apply(random);
            return draw(random, polls).stream().map(drawn).toList();
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
    default Scenario wandering(AutoregressiveRatio autoregressiveRatio) {
        return (random, polls) -> {
            var canary = autoregressiveRatio.factors(random, polls);
            var baseline = autoregressiveRatio.factors(random, polls);
            return eachPoll((before, at) -> before.withRatios(
                            before.canaryRatio() * canary[at.poll], before.baselineRatio() * baseline[at.poll]))
                    .draw(random, polls);
        };
    }

    private static double mixed(double usual, double other, double partOfOther) {
        return usual * (1 - partOfOther) + other * partOfOther;
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
