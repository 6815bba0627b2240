package dev.portcullis.analysis.configuration;

import dev.portcullis.analysis.budget.BudgetedSlo;
import dev.portcullis.analysis.slo.Objective;
import dev.portcullis.analysis.slo.SloPeriod;
import dev.portcullis.analysis.source.SourceDefinition;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The SLOs whose budget can be told: those that are declared, and those that presets make, which promise over the default period. */
final class KnownBudgets {
    private KnownBudgets() {}

    /** All of a configuration, by name. */
    static List<BudgetedSlo> of(AnalysisConfiguration configuration) {
        Set<String> declared =
                configuration.slos().stream().map(BudgetedSlo::name).collect(Collectors.toSet());
        Stream<BudgetedSlo> made = configuration.services().values().stream()
                .flatMap(service -> service.objectives().stream()
                        .filter(objective -> !declared.contains(objective.name()))
                        .map(objective -> made(service.service(), objective, configuration)));
        return Stream.concat(configuration.slos().stream(), made)
                .sorted(Comparator.comparing(BudgetedSlo::name))
                .toList();
    }

    private static BudgetedSlo made(String service, Objective objective, AnalysisConfiguration configuration) {
        boolean promQl = Optional.ofNullable(
                        configuration.sources().get(objective.indicator().source()))
                .map(SourceDefinition::speaksPromQl)
                .orElse(false);
        return new BudgetedSlo(
                "preset of the policy for '" + service + "'",
                objective.name(),
                service,
                objective.target(),
                SloPeriod.DEFAULT,
                objective.indicator(),
                promQl);
    }
}
