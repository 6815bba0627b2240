package dev.portcullis.analysis.configuration;

import dev.portcullis.analysis.slo.RatioIndicator;
import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.configuration.YamlMapping;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads OpenSLO documents of kind SLO: those whose indicator is a ratio of counters. */
final class SloReader {
    private static final Duration SHORTEST_WINDOW = Duration.ofMinutes(1);
    private static final Duration LONGEST_WINDOW = Duration.ofDays(366);
    private static final double PERCENT = 100;

    private final IndicatorReader indicators;
    private final Faults faults;

    SloReader(DeclaredSources sources, Faults faults) {
        this.indicators = new IndicatorReader(sources);
        this.faults = faults;
    }

    DeclaredSlo read(ConfigurationDocument document) {
        YamlMapping spec = document.spec();
        spec.leaveAlone("description", "alertPolicies");
        String service = spec.text("service");
        Optional<RatioIndicator> indicator = indicator(spec);
        timeWindow(spec);
        spec.choice("budgetingMethod", List.of("Occurrences"));
        OptionalDouble target = target(spec);
        spec.rejectUnknown();
        return new DeclaredSlo(document.file() + ":" + document.line(), service, target, indicator);
    }

    private Optional<RatioIndicator> indicator(YamlMapping spec) {
        if (spec.has("indicatorRef")) {
            spec.fault(
                    "indicatorRef", "spec.indicatorRef is not read by this version; write the indicator into the SLO");
            return Optional.empty();
        }
        YamlMapping indicator = spec.requiredMapping("indicator");
        indicator.leaveAlone("metadata");
        YamlMapping body = indicator.requiredMapping("spec");
        body.leaveAlone("description");
        if (body.has("thresholdMetric")) {
            body.fault(
                    "thresholdMetric",
                    body.path("thresholdMetric") + " is not read: a canary is judged by counted requests; legal:"
                            + " ratioMetric, for latency of the counters of a histogram's bucket and count");
            indicator.rejectUnknown();
            return Optional.empty();
        }
        YamlMapping ratio = body.requiredMapping("ratioMetric");
        Optional<RatioIndicator> read = indicators.read(ratio);
        ratio.rejectUnknown();
        body.rejectUnknown();
        indicator.rejectUnknown();
        return read;
    }

    /** Checked only: the error budget's window does not concern a release. */
    private static void timeWindow(YamlMapping spec) {
        for (YamlMapping window : spec.mappings("timeWindow")) {
            window.leaveAlone("calendar");
            window.duration("duration", SHORTEST_WINDOW, LONGEST_WINDOW);
            window.flag("isRolling");
            window.rejectUnknown();
        }
    }

    private OptionalDouble target(YamlMapping spec) {
        List<YamlMapping> objectives = spec.mappings("objectives");
        if (objectives.size() != 1) {
            spec.fault(
                    "objectives",
                    "spec.objectives has " + objectives.size() + " usable entries; legal: exactly one, such as"
                            + " [{target: 0.999}]");
            return OptionalDouble.empty();
        }
        YamlMapping objective = objectives.getFirst();
        objective.leaveAlone("displayName");
        OptionalDouble target = objective.number("target", 0, false, 1, false);
        OptionalDouble percent = objective.number("targetPercent", 0, false, PERCENT, false);
        boolean both = objective.has("target") && objective.has("targetPercent");
        if (both || !(objective.has("target") || objective.has("targetPercent"))) {
            String which = both ? " and targetPercent are both given" : " is missing";
            faults.add(
                    objective, objective.path("target") + which + "; legal: target between 0 and 1, or targetPercent");
        }
        objective.rejectUnknown();
        return target.isPresent()
                ? target
                : percent.stream().map(p -> p / PERCENT).findFirst();
    }
}
