package dev.portcullis.analysis.usecase;

import dev.portcullis.analysis.budget.BadRatios;
import dev.portcullis.analysis.budget.BudgetState;
import dev.portcullis.analysis.budget.BudgetedSlo;
import dev.portcullis.analysis.budget.BudgetedSlos;
import dev.portcullis.analysis.budget.BurnRateChoice;
import dev.portcullis.analysis.budget.BurnRateRows;
import dev.portcullis.analysis.budget.RecentRatios;
import dev.portcullis.analysis.budget.UnknownBudgetException;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Tells how the error budgets of a service stand: all its SLOs, those without a policy too. Thread-safe. */
public final class GetErrorBudget {
    private final BudgetedSlos slos;
    private final RecentRatios ratios;

    public GetErrorBudget(BudgetedSlos slos, RecentRatios ratios) {
        this.slos = slos;
        this.ratios = ratios;
    }

    /**
     * The state of every SLO of the service, by name.
     *
     * @param usual the rows of those that have none of their own
     * @param patience for all of them together; what is not read by then is unreachable, and goes on being read for whoever asks next
     * @throws UnknownBudgetException when it has none
     */
    public List<BudgetState> get(String service, BurnRateChoice usual, Duration patience) {
        List<CompletableFuture<BudgetState>> states = of(service).stream()
                .map(slo -> state(slo, slo.rowsOr(usual), patience))
                .toList();
        return states.stream().map(CompletableFuture::join).toList();
    }

    private List<BudgetedSlo> of(String service) {
        List<BudgetedSlo> all = slos.slos();
        List<BudgetedSlo> found =
                all.stream().filter(slo -> slo.service().equals(service)).toList();
        if (found.isEmpty()) {
            throw new UnknownBudgetException(
                    service, all.stream().map(BudgetedSlo::service).collect(Collectors.toCollection(TreeSet::new)));
        }
        return found;
    }

    private CompletableFuture<BudgetState> state(BudgetedSlo slo, BurnRateChoice choice, Duration patience) {
        Duration period = slo.period().length();
        if (period.compareTo(choice.shortestPeriod()) < 0) {
            return CompletableFuture.completedFuture(new BudgetState.Unmeasurable(
                    slo,
                    "its period, " + hours(period) + ", is shorter than the windows of its alerts need, "
                            + hours(choice.shortestPeriod())
                            + "; take a longer timeWindow, or give it an AlertPolicy with shorter windows"));
        }
        BurnRateRows rows = choice.forPeriod(period);
        var late = new BadRatios.Unreachable("not read within " + patience.toMillis()
                + " ms; it is still being read, so ask again, and later, or with a longer deadline");
        return ratios.of(slo, rows)
                .completeOnTimeout(late, patience.toNanos(), TimeUnit.NANOSECONDS)
                .thenApply(read -> BudgetState.of(slo, rows, read));
    }

    private static String hours(Duration duration) {
        return duration.toHours() + " h";
    }
}
