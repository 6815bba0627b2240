package dev.portcullis.analysis.tool.detection;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.evidence.Observation;
import dev.portcullis.analysis.judge.JudgePlan;
import dev.portcullis.analysis.judge.PassRequirement;
import dev.portcullis.analysis.run.JudgePlans;
import dev.portcullis.analysis.slo.Objective;
import dev.portcullis.analysis.slo.ServiceObjectives;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a service's policy can detect at a given traffic: simulated releases before the real judge. A pure function: the same
 * policy and traffic give the same detection.
 *
 * <p>Requests come at random and fail independently of each other and of those of other objectives; traffic, split and
 * ratios stay as they are until the deadline. A latency objective has one cut here, its threshold: bad is slower. A live
 * analysis also compares at the other bucket boundaries, which are not known before it reads.
 *
 * @param service whose policy
 * @param assumedTraffic asked about
 * @param releases simulated for each effect
 * @param objectives the gating ones, in the order of the policy
 */
public record Detection(
        ServiceObjectives service, AssumedTraffic assumedTraffic, int releases, List<ObjectiveDetection> objectives) {
    private static final double[] FACTORS = {2, 5, 10};

    /** Keeps its own copy. */
    public Detection {
        objectives = List.copyOf(objectives);
    }

    /**
     * Simulates; takes about a second for one objective and an hour of windows.
     *
     * @throws IllegalArgumentException when the traffic's share of an objective's budget is all requests or more
     */
    public static Detection of(ServiceObjectives service, AssumedTraffic assumedTraffic) {
        return new Run(service, assumedTraffic).detection();
    }

    /** The ratio of bad requests of the stable version; 1 or more when no version can be that bad. */
    public static double stableRatio(Objective objective, AssumedTraffic assumedTraffic) {
        return (1 - objective.target()) * assumedTraffic.stableBudget();
    }

    /** One making of a detection. */
    private static final class Run {
        private final ServiceObjectives service;
        private final AssumedTraffic assumedTraffic;
        private final JudgePlan plan;
        private final Simulation simulation;
        private final double[] stable;

        Run(ServiceObjectives service, AssumedTraffic assumedTraffic) {
            this.service = service;
            this.assumedTraffic = assumedTraffic;
            this.plan = JudgePlans.of(service, assumedTraffic.compares(), Map.of());
            this.simulation = new Simulation(plan, service.settings().timing(), assumedTraffic);
            this.stable = service.objectives().stream()
                    .mapToDouble(objective -> stable(objective, assumedTraffic))
                    .toArray();
        }

        private static double stable(Objective objective, AssumedTraffic assumedTraffic) {
            double ratio = stableRatio(objective, assumedTraffic);
            if (ratio >= 1) {
                throw new IllegalArgumentException("stableBudget is " + assumedTraffic.stableBudget()
                        + ", must be below " + 1 / (1 - objective.target()) + " for " + objective.name());
            }
            return ratio;
        }

        Detection detection() {
            OutcomeCounts likeStable = simulation.run(stable, stable);
            return new Detection(
                    service,
                    assumedTraffic,
                    simulation.releases(),
                    IntStream.range(0, stable.length)
                            .filter(i -> service.objectives().get(i).severity().weight() > 0)
                            .mapToObj(i -> objective(i, likeStable))
                            .toList());
        }

        private ObjectiveDetection objective(int index, OutcomeCounts likeStable) {
            List<EffectOutcomes> effects = new ArrayList<>();
            effects.add(new EffectOutcomes("as stable", stable[index], likeStable));
            for (double factor : FACTORS) {
                if (factor * stable[index] < 1) {
                    effects.add(effectOutcomes("x" + (int) factor, index, factor * stable[index]));
                }
            }
            effects.add(effectOutcomes("all", index, 1));
            List<Observation> seen = expected();
            Objective objective = service.objectives().get(index);
            return new ObjectiveDetection(
                    objective,
                    stable[index],
                    effects,
                    of(objective, PassRequirement.of(plan, seen)),
                    of(objective, PassRequirement.withoutErrors(plan, seen)));
        }

        private EffectOutcomes effectOutcomes(String name, int index, double ratio) {
            double[] canary = stable.clone();
            canary[index] = ratio;
            return new EffectOutcomes(name, ratio, simulation.run(canary, stable));
        }

        /** What comes in a second when both versions are alike. */
        private List<Observation> expected() {
            return IntStream.range(0, stable.length)
                    .mapToObj(i -> Observation.of(new ArmCounts(
                            each(assumedTraffic.canary(), stable[i]), each(assumedTraffic.baseline(), stable[i]))))
                    .toList();
        }

        private static Counts each(double requests, double ratio) {
            return new Counts(requests * ratio, requests);
        }

        private static List<PassRequirement> of(Objective objective, List<PassRequirement> tests) {
            return tests.stream()
                    .filter(test -> test.objective().equals(objective.name()))
                    .toList();
        }
    }
}
