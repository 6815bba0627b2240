package dev.portcullis.analysis.source.prometheus;

import dev.portcullis.analysis.budget.BadRatioHistory;
import dev.portcullis.analysis.budget.BadRatios;
import dev.portcullis.analysis.budget.BudgetedSlo;
import dev.portcullis.analysis.budget.BurnRatePreset;
import dev.portcullis.analysis.rules.BadRatio;
import dev.portcullis.analysis.rules.RuleFaults;
import dev.portcullis.analysis.source.ParallelReads;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Ratios of the past by the queries that the rendered rules record, each asked once for this moment. Thread-safe.
 *
 * @param clock now
 * @param deadline for all windows of an SLO together
 */
record PrometheusHistory(PrometheusClient client, Clock clock, Duration deadline) implements BadRatioHistory {
    @Override
    public BadRatios read(BudgetedSlo slo, Set<Duration> windows) {
        List<String> faults = RuleFaults.of(slo, BurnRatePreset.WORKBOOK);
        if (!faults.isEmpty()) {
            return new BadRatios.Unreachable(faults.getFirst());
        }
        BadRatio ratio = BadRatio.of(slo.indicator());
        Instant now = clock.instant();
        List<Duration> asked = windows.stream().sorted().toList();
        List<Optional<QueryAnswer>> answers =
                ParallelReads.of(asked, deadline, window -> client.instant(ratio.over(window), now, deadline));
        Map<Duration, Double> byWindow = new HashMap<>();
        for (int i = 0; i < asked.size(); i++) {
            QueryAnswer answer = answers.get(i)
                    .orElseGet(() -> new QueryAnswer.Refused(
                            Fault.AWAY, "no whole answer within " + deadline.toMillis() + " ms"));
            switch (answer) {
                case QueryAnswer.Refused refused -> {
                    return new BadRatios.Unreachable(client.url() + ": " + refused.reason());
                }
                case QueryAnswer.Vector vector ->
                    byWindow.put(
                            asked.get(i),
                            vector.samples().isEmpty()
                                    ? Double.NaN
                                    : vector.samples().getFirst().value());
            }
        }
        return new BadRatios.Known(byWindow);
    }
}
