package dev.portcullis.analysis.judge;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.evidence.Observation;
import dev.portcullis.analysis.stats.Increment;
import dev.portcullis.analysis.stats.Repetitions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * How many canary requests a PASS test needs when traffic goes on as it is: the number at which the test's own mixture,
 * fed with such counts, reaches 1/beta.
 *
 * <p>Exact for a canary without errors against fixed limits, where no chance is left: about {@code 4.8 * D / p1} for beta
 * 5 %, with D the cluster size and p1 the PASS limit. With errors it is near the median, and 0.7 to 1.05
 * times the rule of thumb {@code D * (log(1/beta) + 2.5) / KL(p, p1)}, KL the divergence of bad ratio p from p1. Only tests in the
 * count form have a number; the vote form looks at windows and is left out.
 *
 * @param objective name of a gating objective
 * @param kind which of its tests
 * @param requests canary requests, above 0; empty when no number is enough
 */
public record PassRequirement(String objective, TestKind kind, OptionalDouble requests) {
    /** So many errors of the baseline may have been missed by chance, at 95 % (the rule of three). */
    private static final double MISSED = 3;

    /** By what it takes; what no number is enough for comes last. */
    public static final Comparator<PassRequirement> BY_REQUESTS = Comparator.comparingDouble(PassRequirement::fewest);

    /**
     * What each gating PASS test needs, SLO before baseline, in the order of the plan.
     *
     * @param seen what comes of each objective in some time, in the order of the plan: only the proportions matter
     */
    public static List<PassRequirement> of(JudgePlan plan, List<Observation> seen) {
        return IntStream.range(0, plan.objectives().size())
                .filter(i -> plan.objectives().get(i).gating())
                .mapToObj(i -> of(plan.objectives().get(i), seen.get(i), plan.passThreshold()))
                .flatMap(List::stream)
                .toList();
    }

    /** The least that each gating PASS test needs: no request of the canary fails, all else is as {@code seen}. */
    public static List<PassRequirement> withoutErrors(JudgePlan plan, List<Observation> seen) {
        return of(plan, seen.stream().map(PassRequirement::withoutErrors).toList());
    }

    /**
     * The test that cannot pass before the deadline if traffic goes on as it was, even if no request of the canary fails;
     * of several the one that needs most. Errors of the baseline let a faultless canary pass sooner, so it is presumed to
     * have had three more than were seen: early on, the answer rather is that a PASS can be reached. An objective without a
     * request of the canary is left out: nothing is known of its traffic.
     *
     * @param seen what was counted of each objective since the beginning, in the order of the plan
     * @param elapsed time in which that came, above 0
     * @param remaining time until the deadline, 0 or more
     */
    public static Optional<PassShortage> outOfReach(
            JudgePlan plan, List<Observation> seen, Duration elapsed, Duration remaining) {
        double times = 1 + (double) remaining.toMillis() / elapsed.toMillis();
        List<PassShortage> shortages = new ArrayList<>();
        for (int i = 0; i < seen.size(); i++) {
            ObjectivePlan objective = plan.objectives().get(i);
            double coming = seen.get(i).at(0).canary().total() * times;
            if (objective.gating() && coming > 0) {
                Observation best = withMissedErrors(withoutErrors(seen.get(i)));
                of(objective, best, plan.passThreshold()).stream()
                        .filter(test -> test.fewest() > coming)
                        .map(test -> new PassShortage(test.objective, test.kind, test.requests, coming))
                        .forEach(shortages::add);
            }
        }
        return shortages.stream().max(Comparator.comparingDouble(PassShortage::fewest));
    }

    private double fewest() {
        return requests.orElse(Double.POSITIVE_INFINITY);
    }

    private static List<PassRequirement> of(ObjectivePlan objective, Observation seen, double threshold) {
        List<PassRequirement> tests = new ArrayList<>();
        SloLimits slo = objective.slo();
        if (slo != null && slo.passRatio().isPresent()) {
            Increment test = slo.betterThan(slo.passRatio().getAsDouble());
            ArmCounts counts = seen.at(objective.cuts().pass());
            tests.add(new PassRequirement(objective.name(), TestKind.SLO, requests(threshold, test, counts)));
        }
        BaselineLimits baseline = objective.baseline();
        if (baseline != null && baseline.passFactor().isPresent() && baseline.passForm() == Form.COUNT) {
            Increment test = baseline.betterThan(baseline.passFactor().getAsDouble(), baseline.passMargin());
            // Every cut has to pass, so the slowest one tells.
            tests.add(objective.cuts().compared().stream()
                    .map(cut -> requests(threshold, test, seen.at(cut)))
                    .map(requests -> new PassRequirement(objective.name(), TestKind.BASELINE, requests))
                    .max(BY_REQUESTS)
                    .orElseThrow());
        }
        return tests;
    }

    private static OptionalDouble requests(double threshold, Increment test, ArmCounts seen) {
        OptionalDouble times = Repetitions.until(threshold, test, seen);
        return times.isPresent()
                ? OptionalDouble.of(times.getAsDouble() * seen.canary().total())
                : times;
    }

    private static Observation withoutErrors(Observation seen) {
        return new Observation(seen.cuts().stream()
                .map(c -> new ArmCounts(new Counts(0, c.canary().total()), c.baseline()))
                .toList());
    }

    private static Observation withMissedErrors(Observation seen) {
        return new Observation(seen.cuts().stream()
                .map(c -> new ArmCounts(c.canary(), withMissedErrors(c.baseline())))
                .toList());
    }

    private static Counts withMissedErrors(Counts baseline) {
        return new Counts(Math.min(baseline.total(), baseline.bad() + MISSED), baseline.total());
    }
}
