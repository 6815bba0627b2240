package dev.portcullis.analysis.usecase;

import dev.portcullis.analysis.budget.BadRatioHistory;
import dev.portcullis.analysis.budget.BadRatios;
import dev.portcullis.analysis.budget.BudgetState;
import dev.portcullis.analysis.budget.BudgetedSlo;
import dev.portcullis.analysis.budget.BudgetedSlos;
import dev.portcullis.analysis.budget.BurnRatePreset;
import dev.portcullis.analysis.budget.BurnRateRows;
import dev.portcullis.analysis.budget.UnknownBudgetException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Tells how the error budgets of a service stand: all its SLOs, those without a policy too. */
public final class GetErrorBudget {
    private static final BurnRatePreset WINDOWS = BurnRatePreset.WORKBOOK;

    private final BudgetedSlos slos;
    private final BadRatioHistory history;

    public GetErrorBudget(BudgetedSlos slos, BadRatioHistory history) {
        this.slos = slos;
        this.history = history;
    }

    /**
     * The state of every SLO of the service, by name.
     *
     * @throws UnknownBudgetException when it has none
     */
    public List<BudgetState> get(String service) {
        List<BudgetedSlo> all = slos.slos();
        List<BudgetedSlo> found =
                all.stream().filter(slo -> slo.service().equals(service)).toList();
        if (found.isEmpty()) {
            throw new UnknownBudgetException(
                    service, all.stream().map(BudgetedSlo::service).collect(Collectors.toCollection(TreeSet::new)));
        }
        return found.stream().map(this::state).toList();
    }

    private BudgetState state(BudgetedSlo slo) {
        BurnRateRows rows = WINDOWS.forPeriod(slo.period().length());
        Set<Duration> windows = new HashSet<>(rows.windows());
        windows.add(slo.period().length());
        return switch (history.read(slo, windows)) {
            case BadRatios.Unreachable unreachable -> new BudgetState.Unreachable(slo, unreachable.detail());
            case BadRatios.Known known -> BudgetState.of(slo, rows, known);
        };
    }
}
