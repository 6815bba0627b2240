package dev.portcullis.analysis.rules;

import dev.portcullis.kit.text.DurationText;
import java.time.Duration;

/** Names of the recorded series. Those that Sloth has too are called as there, so that its dashboards can be adapted. */
final class SeriesNames {
    static final String OBJECTIVE = "slo:objective:ratio";
    static final String BUDGET = "slo:error_budget:ratio";
    static final String PERIOD_DAYS = "slo:time_period:days";
    static final String CURRENT_BURN = "slo:current_burn_rate:ratio";
    static final String PERIOD_BURN = "slo:period_burn_rate:ratio";
    static final String LEFT = "slo:period_error_budget_remaining:ratio";
    static final String EXHAUSTION = "slo:period_error_budget_exhaustion:seconds";

    /** Whether the slice of time that ends now is bad: 0 or 1. */
    static final String TIME_SLICE = "slo:time_slice:bad";

    /** Always 1; its label tells what the rules count. */
    static final String DEFINITION = "slo:definition:info";

    private SeriesNames() {}

    /** Bad requests per request over a window; of an SLO of time slices bad slices per slice. */
    static String badRatio(Duration window) {
        return "slo:sli_error:ratio_rate" + DurationText.compact(window);
    }

    /** How many times as fast as allowed the budget burnt over a window. */
    static String burn(Duration window) {
        return "slo:burn_rate:ratio_rate" + DurationText.compact(window);
    }
}
