package dev.portcullis.analysis.tool.diagnosis;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.evidence.Observation;
import dev.portcullis.analysis.judge.PassRequirement;
import dev.portcullis.analysis.judge.PassShortage;
import dev.portcullis.analysis.run.JudgePlans;
import dev.portcullis.analysis.slo.ServiceObjectives;
import dev.portcullis.kit.text.DurationText;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether the requests there are let a canary pass before the deadline. */
final class TrafficCheck {
    /** What a canary usually gets in its first long step. */
    private static final double SHARE = 0.1;

    private TrafficCheck() {}

    /**
     * What is wrong; empty when nothing is.
     *
     * @param rates requests per second of each objective, by its name; those that are not known are left out
     * @param ratios of bad requests to all, by the name of the objective; those that are not known are left out
     */
    static Optional<Finding> check(ServiceObjectives service, Map<String, Double> rates, Map<String, Double> ratios) {
        if (service.settings().score() != null) {
            return Optional.empty();
        }
        Duration deadline = service.settings().timing().deadline();
        List<Observation> coming = service.objectives().stream()
                .map(o -> coming(
                        rates.getOrDefault(o.name(), 0.0) * deadline.toMillis() / 1000,
                        ratios.getOrDefault(o.name(), 0.0)))
                .toList();
        return PassRequirement.outOfReach(JudgePlans.of(service, true, Map.of()), coming, deadline, Duration.ZERO)
                .map(shortage -> finding(service, rates.getOrDefault(shortage.objective(), 0.0), shortage));
    }

    private static Observation coming(double requests, double ratio) {
        return Observation.of(new ArmCounts(
                new Counts(0, requests * SHARE), new Counts(requests * (1 - SHARE) * ratio, requests * (1 - SHARE))));
    }

    private static Finding finding(ServiceObjectives service, double rate, PassShortage shortage) {
        Duration deadline = service.settings().timing().deadline();
        String what = "at " + FindingFormat.figure(rate) + " requests/s, a canary with 10 % of them gets "
                + FindingFormat.figure(shortage.coming()) + " in the " + DurationText.rounded(deadline)
                + " to the deadline, and a PASS for '" + shortage.objective() + "' takes ";
        Subject subject = new Subject.OfPolicy(service.service());
        if (shortage.needed().isEmpty()) {
            return Finding.of(
                    FindingKind.TOO_LITTLE_TRAFFIC,
                    subject,
                    what + "more than there can be",
                    "raise analysis.slo.burnPass or analysis.baseline.passMargin");
        }
        double needed = shortage.needed().getAsDouble();
        double share = needed / shortage.coming() * SHARE;
        String more = share <= 1 ? "give the canary " + FindingFormat.atLeast(100 * share) + " % of them, " : "";
        Duration longer = Duration.ofSeconds((long) Math.ceil(needed / (rate * SHARE)));
        return Finding.of(
                FindingKind.TOO_LITTLE_TRAFFIC,
                subject,
                what + FindingFormat.atLeast(needed) + " even without a bad one: it would stay undecided",
                more + "set analysis.deadline beyond " + DurationText.rounded(longer)
                        + ", or see what each setting does: ./portcullis check DIR --rps "
                        + FindingFormat.atLeast(rate * SHARE));
    }
}
