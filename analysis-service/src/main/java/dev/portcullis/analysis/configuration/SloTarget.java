package dev.portcullis.analysis.configuration;

import dev.portcullis.analysis.slo.BudgetingMethod;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.configuration.KeyDescription;
import dev.portcullis.kit.configuration.YamlMapping;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The one entry of an SLO's {@code objectives}; what is empty was missing or faulty.
 *
 * @param ratio promised ratio of good requests, in (0, 1)
 * @param limit the slowest good latency, above 0; only of an indicator that needs one
 * @param budgetingMethod what has to be good to that ratio
 */
record SloTarget(OptionalDouble ratio, OptionalDouble limit, BudgetingMethod budgetingMethod) {
    private static final SloTarget NONE =
            new SloTarget(OptionalDouble.empty(), OptionalDouble.empty(), BudgetingMethod.OCCURRENCES);
    private static final List<String> OF_COMPOSITES = List.of("indicator", "indicatorRef", "compositeWeight");
    private static final double PERCENT = 100;
    private static final String OPERATOR = "op";
    private static final String LIMIT = "value";
    private static final String AT_MOST = "lte";
    private static final String NEEDED = "required with " + IndicatorReader.THRESHOLD;

    /** @param needsLimit whether the indicator is a {@code thresholdMetric} */
    static SloTarget read(YamlMapping spec, boolean needsLimit, Faults faults) {
        spec.describe("objectives", KeyDescription.REQUIRED, "exactly one");
        List<YamlMapping> objectives = spec.mappings("objectives");
        if (objectives.size() != 1) {
            spec.fault(
                    "objectives",
                    "spec.objectives has " + objectives.size() + " usable entries; legal: exactly one, such as"
                            + (needsLimit ? " [{op: lte, value: 0.3, target: 0.99}]" : " [{target: 0.999}]")
                            + ", and an SLO for each further one");
            spec.leaveAlone("budgetingMethod");
            return NONE;
        }
        YamlMapping objective = objectives.getFirst();
        objective.pass("displayName");
        OF_COMPOSITES.forEach(key -> refuseComposite(objective, key));
        SloTarget target = new SloTarget(
                ratio(objective, faults),
                needsLimit ? limit(objective) : noLimit(objective),
                BudgetingReader.read(spec, objective));
        objective.rejectUnknown();
        return target;
    }

    private static void refuseComposite(YamlMapping objective, String key) {
        if (objective.has(key)) {
            objective.fault(
                    key,
                    objective.path(key) + " makes a composite SLO, which is not supported; legal: an SLO for each"
                            + " indicator, all of them among the objectives of a ReleasePolicy");
        }
    }

    private static OptionalDouble ratio(YamlMapping objective, Faults faults) {
        objective.describe("target", "required without targetPercent", "");
        objective.describe("targetPercent", "required without target", "");
        OptionalDouble target = objective.number("target", 0, false, 1, false);
        OptionalDouble percent = objective.number("targetPercent", 0, false, PERCENT, false);
        boolean both = objective.has("target") && objective.has("targetPercent");
        if (both || !(objective.has("target") || objective.has("targetPercent"))) {
            String which = both ? " and targetPercent are both given" : " is missing";
            faults.add(
                    objective, objective.path("target") + which + "; legal: target between 0 and 1, or targetPercent");
        }
        return target.isPresent()
                ? target
                : percent.stream().map(p -> p / PERCENT).findFirst();
    }

    private static OptionalDouble limit(YamlMapping objective) {
        objective.describe(OPERATOR, NEEDED, AT_MOST);
        objective.describe(LIMIT, NEEDED, "");
        if (objective.written(OPERATOR).filter(AT_MOST::equals).isEmpty()) {
            String found = objective
                    .optionalText(OPERATOR)
                    .map(word -> "'" + word + "'")
                    .orElse("missing");
            objective.fault(
                    OPERATOR,
                    objective.path(OPERATOR) + " is " + found + "; legal: " + AT_MOST
                            + ", since a bucket counts the requests that are no slower than its boundary");
        }
        if (!objective.has(LIMIT)) {
            objective.fault(
                    LIMIT,
                    objective.path(LIMIT) + " is missing; legal: the slowest good latency, above 0, in the unit of the"
                            + " histogram's boundaries");
        }
        return objective.number(LIMIT, 0, false, Double.POSITIVE_INFINITY, false);
    }

    private static OptionalDouble noLimit(YamlMapping objective) {
        for (String key : List.of(OPERATOR, LIMIT)) {
            if (objective.has(key)) {
                objective.fault(
                        key,
                        objective.path(key) + " is given, but a " + IndicatorReader.RATIO
                                + " counts good requests and has no threshold; legal: leave it out, or "
                                + IndicatorReader.THRESHOLD + " for latency");
            }
        }
        return OptionalDouble.empty();
    }
}
