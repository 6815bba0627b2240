package dev.portcullis.analysis.tool.detection;

import dev.portcullis.analysis.slo.AnalysisSettings;
import dev.portcullis.analysis.slo.LatencyIndicator;
import dev.portcullis.analysis.slo.Objective;
import dev.portcullis.analysis.slo.RatioIndicator;
import dev.portcullis.analysis.slo.ServiceObjectives;
import dev.portcullis.analysis.slo.Severity;
import java.util.List;

/** Policies that tests ask about. */
final class TestPolicies {
    static final Objective AVAILABILITY = new Objective(
            "checkout-availability", 0.999, Severity.CRITICAL, new RatioIndicator("main", "good", null, "total"));
    static final Objective LATENCY =
            new Objective("checkout-latency", 0.99, Severity.MAJOR, new LatencyIndicator("main", "latency", 0.3));

    private TestPolicies() {}

    static ServiceObjectives standard() {
        return with(AnalysisSettings.DEFAULT, AVAILABILITY);
    }

    static ServiceObjectives with(AnalysisSettings settings, Objective... objectives) {
        return new ServiceObjectives("checkout", "hash", List.of(objectives), settings);
    }
}
