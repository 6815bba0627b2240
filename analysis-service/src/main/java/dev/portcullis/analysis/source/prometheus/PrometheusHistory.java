package dev.portcullis.analysis.source.prometheus;

import dev.portcullis.analysis.budget.BadRatioHistory;
import dev.portcullis.analysis.budget.BadRatios;
import dev.portcullis.analysis.budget.BudgetedSlo;
import dev.portcullis.analysis.budget.BurnRateRows;
import dev.portcullis.analysis.metric.Sample;
import dev.portcullis.analysis.query.Selector;
import dev.portcullis.analysis.rules.BudgetQuery;
import dev.portcullis.analysis.rules.RecordedRatios;
import dev.portcullis.analysis.rules.RuleFaults;
import dev.portcullis.analysis.slo.BudgetingMethod.Occurrences;
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
 * Ratios of the past: those that the SLO's rules have recorded where they are loaded, otherwise by the queries that they would record. All
 * are asked for the same moment, {@link PrometheusClient#queryOffset} ago. Thread-safe.
 */
final class PrometheusHistory implements BadRatioHistory {
    /** So many queries are under way at the same time, of the 20 that a Prometheus works on by default: whoever is released finds some free. */
    private static final int QUERIES_AT_A_TIME = 6;
    /** So that one SLO of very many series leaves turns to the others. */
    private static final int OF_ONE_SLO = 2;

    /** What is recorded is looked up, not computed. */
    private static final Duration RECORDED = Duration.ofSeconds(2);

    private static final double ROUNDING = 1e-9;

    /** A ratio that is none. */
    private static final class NoPartException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoPartException(String message) {
            super(message);
        }
    }

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
        try {
            Map<Duration, Double> byWindow = recorded(slo, windows, moment);
            windows.removeAll(byWindow.keySet());
            byWindow.putAll(counted(slo, List.copyOf(windows), moment));
            byWindow.replaceAll(PrometheusHistory::part);
            return new BadRatios.Known(moment, byWindow);
        } catch (QueryFailureException e) {
            return new BadRatios.Unreachable(client.url() + ": " + e.reason());
        } catch (NoPartException e) {
            return new BadRatios.Unreachable(String.valueOf(e.getMessage()));
        }
    }

    /** Without what a subtraction of floating-point numbers leaves below nothing. */
    private static double part(Duration window, double ratio) {
        if (ratio < -ROUNDING || ratio > 1 + ROUNDING) {
            throw new NoPartException(
                    "of the last " + window.toSeconds() + " s its queries give " + ratio
                            + " bad requests per request, which is not in 0 to 1: what they select as good or bad is not a subset of the total");
        }
        return Math.clamp(ratio, 0.0, 1.0);
    }

    /** The ratios that loaded rules have recorded; slices of time from before the rules were loaded they know nothing of. */
    private Map<Duration, Double> recorded(BudgetedSlo slo, SortedSet<Duration> windows, Instant moment)
            throws QueryFailureException {
        Map<Duration, Double> byWindow = new HashMap<>();
        if (slo.budgetingMethod() instanceof Occurrences) {
            Map<String, Duration> byName = new HashMap<>();
            windows.forEach(window -> byName.put(RecordedRatios.name(window), window));
            for (Sample sample : client.instant(RecordedRatios.query(slo, windows), moment, RECORDED)) {
                Duration window = byName.get(sample.labels().getOrDefault(Selector.NAME_LABEL, ""));
                if (window != null) {
                    byWindow.put(window, sample.value());
                }
            }
        }
        return byWindow;
    }

    private Map<Duration, Double> counted(BudgetedSlo slo, List<Duration> windows, Instant moment)
            throws QueryFailureException {
        Semaphore own = new Semaphore(OF_ONE_SLO, true);
        List<Optional<List<Sample>>> answers = ParallelReads.of(
                windows, deadline, window -> inTurn(own, () -> inTurn(turns, () -> ask(slo, window, moment))));
        Map<Duration, Double> byWindow = new HashMap<>();
        for (int i = 0; i < windows.size(); i++) {
            List<Sample> samples = answers.get(i).orElseThrow(this::tooLate);
            byWindow.put(
                    windows.get(i),
                    samples.isEmpty() ? Double.NaN : samples.getFirst().value());
        }
        return byWindow;
    }

    /** One of the queries. */
    private interface Query {
        List<Sample> ask() throws QueryFailureException;
    }

    private List<Sample> ask(BudgetedSlo slo, Duration window, Instant moment) throws QueryFailureException {
        return client.instant(BudgetQuery.badRatio(slo, window), moment, deadline);
    }

    /** Waits for a turn; the deadline of all of them together interrupts that. */
    private List<Sample> inTurn(Semaphore among, Query query) throws QueryFailureException {
        try {
            among.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw tooLate();
        }
        try {
            return query.ask();
        } finally {
            among.release();
        }
    }

    private QueryFailureException tooLate() {
        return new QueryFailureException(QueryFailure.AWAY, "no complete answer within " + deadline.toMillis() + " ms");
    }
}
