package dev.portcullis.analysis.rules;

import dev.portcullis.analysis.budget.BudgetedSlo;
import dev.portcullis.analysis.slo.BudgetingMethod;
import dev.portcullis.analysis.slo.Indicator;
import dev.portcullis.analysis.slo.LatencyIndicator;
import dev.portcullis.analysis.slo.RatioIndicator;
import dev.portcullis.analysis.slo.SloPeriod;
import java.time.Duration;

/** SLOs to make rules of. */
final class Slos {
    private Slos() {}

    static BudgetedSlo of(String name, double target, Indicator indicator) {
        return of(name, target, SloPeriod.DEFAULT, indicator);
    }

    static BudgetedSlo of(String name, double target, SloPeriod period, Indicator indicator) {
        return new BudgetedSlo("shop.yaml:1", name, "shop", target, period, indicator, true);
    }

    static BudgetedSlo of(SloPeriod period) {
        return of("shop-availability", 0.999, period, bad("requests_total{code=\"500\"}", "requests_total"));
    }

    /** Of slices of which a part has to be good, and 99 % of them. */
    static BudgetedSlo slices(double target, Duration window, SloPeriod period) {
        return new BudgetedSlo(
                "shop.yaml:1",
                "slices",
                "shop",
                0.99,
                period,
                bad("requests_total{code=\"500\"}", "requests_total"),
                true,
                new BudgetingMethod.Timeslices(target, window),
                null);
    }

    static SloPeriod days(int days) {
        return SloPeriod.ofLast(Duration.ofDays(days));
    }

    static RatioIndicator bad(String bad, String total) {
        return new RatioIndicator("prometheus", null, bad, total);
    }

    static RatioIndicator good(String good, String total) {
        return new RatioIndicator("prometheus", good, null, total);
    }

    static LatencyIndicator latency(String histogram, double threshold) {
        return new LatencyIndicator("prometheus", histogram, threshold);
    }
}
