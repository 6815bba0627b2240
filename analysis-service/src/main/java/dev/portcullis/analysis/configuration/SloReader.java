package dev.portcullis.analysis.configuration;

import dev.portcullis.analysis.slo.Indicator;
import dev.portcullis.analysis.slo.SloPeriod;
import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.configuration.YamlMapping;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads OpenSLO documents of kind SLO. */
final class SloReader {
    private static final Duration SHORTEST_WINDOW = Duration.ofMinutes(1);
    private static final Duration LONGEST_WINDOW = Duration.ofDays(366);

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
        boolean needsLimit = spec.mapping("indicator")
                .filter(IndicatorReader::needsThreshold)
                .isPresent();
        SloTarget target = SloTarget.read(spec, needsLimit, faults);
        Optional<Indicator> indicator = indicator(spec, target.limit());
        SloPeriod period = period(spec);
        spec.choice("budgetingMethod", "Occurrences", List.of("Occurrences"));
        spec.rejectUnknown();
        return new DeclaredSlo(document.file() + ":" + document.line(), service, target.ratio(), period, indicator);
    }

    private Optional<Indicator> indicator(YamlMapping spec, OptionalDouble limit) {
        if (spec.has("indicatorRef")) {
            spec.fault(
                    "indicatorRef", "spec.indicatorRef is not read by this version; write the indicator into the SLO");
            return Optional.empty();
        }
        YamlMapping indicator = spec.requiredMapping("indicator");
        return spec.has("indicator") ? indicators.read(indicator, limit) : Optional.empty();
    }

    /** OpenSLO knows one window; of several the first counts. */
    private static SloPeriod period(YamlMapping spec) {
        List<SloPeriod> periods = new ArrayList<>();
        for (YamlMapping window : spec.mappings("timeWindow")) {
            window.leaveAlone("calendar");
            Duration length = window.duration("duration", SloPeriod.DEFAULT.length(), SHORTEST_WINDOW, LONGEST_WINDOW);
            boolean rolling = window.flag("isRolling", SloPeriod.DEFAULT.rolling());
            window.rejectUnknown();
            periods.add(new SloPeriod(length, rolling));
        }
        return periods.isEmpty() ? SloPeriod.DEFAULT : periods.getFirst();
    }
}
