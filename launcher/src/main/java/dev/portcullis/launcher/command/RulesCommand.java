package dev.portcullis.launcher.command;

import dev.portcullis.analysis.budget.BudgetedSlo;
import dev.portcullis.analysis.budget.BurnRateChoice;
import dev.portcullis.analysis.rules.RuleFaults;
import dev.portcullis.analysis.rules.RuleFile;
import dev.portcullis.analysis.rules.RuleGroup;
import dev.portcullis.analysis.rules.SloRules;
import dev.portcullis.kit.configuration.YamlOutput;
import dev.portcullis.launcher.configuration.LoadedConfiguration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rules}: the SLOs of a configuration folder as rules for Prometheus; only YAML goes to standard output. */
@Command(
        name = "rules",
        description =
                "Prints recording and burn-rate alerting rules for Prometheus, generated from the SLOs of a configuration folder;"
                        + " exit 1 and no rules if there is any fault.")
final class RulesCommand implements Callable<Integer> {
    /** How the rules are wrapped. */
    enum Format {
        prometheus,
        kubernetes
    }

    @Mixin
    private FolderOption folder = new FolderOption();

    @Option(
            names = "--format",
            paramLabel = "FORM",
            description = "prometheus (a rule file) or kubernetes (a PrometheusRule); ${DEFAULT-VALUE} unless given.")
    private Format format = Format.prometheus;

    @Mixin
    private BurnRateOptions burnRates = new BurnRateOptions();

    @Mixin
    private RunbookOption runbook = new RunbookOption();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Name of the PrometheusRule; ${DEFAULT-VALUE} unless given.")
    private String name = "portcullis-slos";

    @Option(
            names = "--label",
            paramLabel = "KEY=VALUE",
            description = "A label of the PrometheusRule, by which your Prometheus selects it; may be repeated.")
    private Map<String, String> labels = Map.of();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        BurnRateChoice choice = burnRates.choice(spec.commandLine());
        String address = runbook.address(spec.commandLine());
        var configuration = LoadedConfiguration.read(folder.folder(spec.commandLine()));
        var err = spec.commandLine().getErr();
        List<String> faults = faults(configuration, choice);
        faults.forEach(err::println);
        if (!faults.isEmpty()) {
            return 1;
        }
        unwritten(configuration).forEach(note -> err.println("note: " + note));
        configuration.analysis().slos().stream()
                .flatMap(slo -> notes(slo, choice))
                .forEach(note -> err.println("note: " + note));
        List<RuleGroup> groups = configuration.analysis().slos().stream()
                .flatMap(slo -> groups(slo, choice, address))
                .toList();
        spec.commandLine().getOut().print(YamlOutput.of(wrapped(groups)));
        spec.commandLine().getOut().flush();
        return 0;
    }

    /** Objectives that a preset makes stand in no document, so that there is nothing to make rules of. */
    private static Stream<String> unwritten(LoadedConfiguration configuration) {
        Set<String> written =
                configuration.analysis().slos().stream().map(BudgetedSlo::name).collect(Collectors.toSet());
        return configuration.analysis().services().values().stream().flatMap(service -> service.objectives().stream()
                .filter(objective -> !written.contains(objective.name()))
                .map(objective -> "no rules for '" + objective.name() + "' of service '" + service.service()
                        + "', which a preset makes; write its SLO out to get rules"));
    }

    private static List<String> faults(LoadedConfiguration configuration, BurnRateChoice choice) {
        Stream<String> ofRules = configuration.analysis().slos().stream()
                .flatMap(slo -> RuleFaults.of(slo, slo.rowsOr(choice)).stream());
        return Stream.concat(configuration.faults().stream().map(Object::toString), ofRules)
                .toList();
    }

    private static Stream<RuleGroup> groups(BudgetedSlo slo, BurnRateChoice choice, String runbook) {
        return SloRules.of(slo, slo.rowsOr(choice).forPeriod(slo.period().length()), runbook).stream();
    }

    private static Stream<String> notes(BudgetedSlo slo, BurnRateChoice choice) {
        return Stream.concat(
                RuleFaults.leftOut(slo).stream(), RuleFaults.unreachable(slo, slo.rowsOr(choice)).stream());
    }

    private Map<String, Object> wrapped(List<RuleGroup> groups) {
        SortedMap<String, String> sorted = new TreeMap<>(labels);
        return switch (format) {
            case prometheus -> RuleFile.prometheus(groups);
            case kubernetes -> RuleFile.kubernetes(groups, name, sorted);
        };
    }
}
