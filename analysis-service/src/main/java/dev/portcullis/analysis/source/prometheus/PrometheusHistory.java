package dev.portcullis.analysis.source.prometheus;

import dev.portcullis.analysis.budget.BadRatioHistory;
import dev.portcullis.analysis.budget.BadRatios;
import dev.portcullis.analysis.budget.BudgetedSlo;
import dev.portcullis.analysis.budget.BurnRateRows;
import dev.portcullis.analysis.rules.BudgetQuery;
import dev.portcullis.analysis.rules.RuleFaults;
import dev.portcullis.analysis.source.ParallelReads;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;

/**
 * Ratios of the past by the queries that the rendered rules record, each asked for the same moment, {@link PrometheusClient#queryOffset} ago.
 * Thread-safe.
 */
final class PrometheusHistory implements BadRatioHistory {
    /** Of the 20 that a Prometheus works on at a time by default, so that whoever is released finds some free. */
    private static final int QUERIES_AT_A_TIME = 6;

    private final PrometheusClient client;
    private final Clock clock;
    private final Duration deadline;
    private final Semaphore turns = new Semaphore(QUERIES_AT_A_TIME, true);

    /**
     * A server not yet asked.
     *
     * @param deadline for all windows of an SLO together
     */
    PrometheusHistory(PrometheusClient client, Clock clock, Duration deadline) {
        this.client = client;
        this.clock = clock;
        this.deadline = deadline;
    }

    @Override
    public BadRatios read(BudgetedSlo slo, BurnRateRows rows) {
        List<String> faults = RuleFaults.of(slo, rows);
        if (!faults.isEmpty()) {
            return new BadRatios.Unmeasurable(faults.getFirst());
        }
        Instant moment = clock.instant().minus(client.queryOffset()).truncatedTo(ChronoUnit.SECONDS);
        SortedSet<Duration> windows = new TreeSet<>(rows.windows());
        windows.add(slo.elapsed(moment));
        windows.remove(Duration.ZERO);
        return read(slo, List.copyOf(windows), moment);
    }

    private BadRatios read(BudgetedSlo slo, List<Duration> windows, Instant moment) {
        List<Optional<QueryAnswer>> answers =
                ParallelReads.of(windows, deadline, window -> ask(BudgetQuery.badRatio(slo, window), moment));
        Map<Duration, Double> byWindow = new HashMap<>();
        for (int i = 0; i < windows.size(); i++) {
            switch (answers.get(i).orElseGet(this::tooLate)) {
                case QueryAnswer.Refused refused -> {
                    return new BadRatios.Unreachable(client.url() + ": " + refused.reason());
                }
                case QueryAnswer.Vector vector -> byWindow.put(windows.get(i), only(vector));
            }
        }
        return new BadRatios.Known(moment, byWindow);
    }

    private QueryAnswer ask(String query, Instant moment) {
        try {
            turns.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return tooLate();
        }
        try {
            return client.instant(query, moment, deadline);
        } finally {
            turns.release();
        }
    }

    private static double only(QueryAnswer.Vector vector) {
        return vector.samples().isEmpty()
                ? Double.NaN
                : vector.samples().getFirst().value();
    }

    private QueryAnswer tooLate() {
        return new QueryAnswer.Refused(Fault.AWAY, "no whole answer within " + deadline.toMillis() + " ms");
    }
}
