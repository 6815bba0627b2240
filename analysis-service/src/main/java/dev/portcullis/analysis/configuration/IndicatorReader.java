package dev.portcullis.analysis.configuration;

import dev.portcullis.analysis.slo.Indicator;
import dev.portcullis.kit.configuration.YamlMapping;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads an indicator: a {@code ratioMetric} or a {@code thresholdMetric}. */
final class IndicatorReader {
    /** Names of what an indicator can be. */
    static final String RATIO = "ratioMetric";

    static final String THRESHOLD = "thresholdMetric";

    private final RatioMetricReader ratios;
    private final ThresholdMetricReader thresholds;

    IndicatorReader(DeclaredSources sources) {
        this.ratios = new RatioMetricReader(sources);
        this.thresholds = new ThresholdMetricReader(sources);
    }

    /** Whether the indicator needs a threshold. */
    static boolean needsThreshold(YamlMapping indicator) {
        return indicator.mapping("spec").filter(body -> body.has(THRESHOLD)).isPresent();
    }

    /**
     * The indicator of an SLO's own {@code indicator}; empty after a fault.
     *
     * @param limit the objective's {@code value}; empty when there is none or after a fault
     */
    Optional<Indicator> readInline(YamlMapping indicator, OptionalDouble limit) {
        indicator.pass("metadata");
        Optional<Indicator> read = read(indicator, limit);
        indicator.rejectUnknown();
        return read;
    }

    /** Reads the indicator of a document of kind SLI, whose head is read elsewhere. */
    Optional<Indicator> read(YamlMapping indicator, OptionalDouble limit) {
        YamlMapping body = indicator.requiredMapping("spec");
        body.pass("description");
        Optional<Indicator> read = indicator.has("spec") ? body(indicator, body, limit) : Optional.empty();
        body.rejectUnknown();
        return read;
    }

    private Optional<Indicator> body(YamlMapping indicator, YamlMapping body, OptionalDouble limit) {
        body.describe(RATIO, "required without " + THRESHOLD, "");
        body.describe(THRESHOLD, "required without " + RATIO, "");
        if (body.has(RATIO) == body.has(THRESHOLD)) {
            String found = body.has(RATIO) ? " has both " : " has neither ";
            String word = body.has(RATIO) ? " and " : " nor ";
            indicator.fault(
                    "spec",
                    indicator.path("spec") + found + RATIO + word + THRESHOLD + "; legal: one of them, " + RATIO
                            + " for counted requests, " + THRESHOLD + " for a latency histogram");
            return Optional.empty();
        }
        return body.has(RATIO)
                ? body.mapping(RATIO).flatMap(ratios::read)
                : body.mapping(THRESHOLD).flatMap(threshold -> thresholds.read(threshold, limit));
    }
}
