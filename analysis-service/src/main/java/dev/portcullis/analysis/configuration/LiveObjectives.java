package dev.portcullis.analysis.configuration;

import dev.portcullis.analysis.budget.BadRatioHistory;
import dev.portcullis.analysis.budget.BadRatios;
import dev.portcullis.analysis.budget.BudgetedSlo;
import dev.portcullis.analysis.budget.BudgetedSlos;
import dev.portcullis.analysis.metric.CounterSource;
import dev.portcullis.analysis.metric.CounterSources;
import dev.portcullis.analysis.slo.ObjectiveCatalog;
import dev.portcullis.analysis.slo.ServiceObjectives;
import dev.portcullis.analysis.source.SourceDefinition;
import dev.portcullis.analysis.source.SourceKind;
import dev.portcullis.kit.configuration.LiveConfiguration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The objectives and metric sources of a configuration folder, followed while it changes. A source whose definition did not change
 * stays open over a change, with what it remembers. Thread-safe.
 */
public final class LiveObjectives
        implements ObjectiveCatalog, CounterSources, BudgetedSlos, BadRatioHistory, AutoCloseable {
    private record Content(AnalysisConfiguration configuration, Map<SourceDefinition, CounterSource> open) {
        static final Content NONE = new Content(AnalysisConfiguration.EMPTY, Map.of());
    }

    private final LiveConfiguration<AnalysisConfiguration> live;
    private volatile Content content = Content.NONE;

    private LiveObjectives(LiveConfiguration<AnalysisConfiguration> live) {
        this.live = live;
    }

    /**
     * Reads the folder, then looks for changes every {@code pollEvery} until closed.
     *
     * @throws dev.portcullis.kit.configuration.ConfigurationException when the folder is missing or anything in it is faulty
     */
    public static LiveObjectives open(Path folder, List<SourceKind> kinds, Duration pollEvery) {
        LiveObjectives objectives = new LiveObjectives(LiveConfiguration.open(
                folder, (documents, faults) -> AnalysisConfiguration.parse(documents, faults, kinds), pollEvery));
        objectives.live.onChange(changed -> objectives.refresh());
        objectives.refresh();
        return objectives;
    }

    /** Takes up what the folder holds now; a change is taken up by itself at the next look. */
    public void lookNow() {
        live.refresh();
    }

    private synchronized void refresh() {
        AnalysisConfiguration now = live.current();
        Map<SourceDefinition, CounterSource> before = content.open();
        Map<SourceDefinition, CounterSource> open = new HashMap<>();
        for (SourceDefinition definition : now.sources().values()) {
            CounterSource known = before.get(definition);
            open.put(definition, known == null ? definition.open() : known);
        }
        content = new Content(now, open);
    }

    @Override
    public Optional<ServiceObjectives> find(String service) {
        return Optional.ofNullable(content.configuration().services().get(service));
    }

    @Override
    public SortedSet<String> services() {
        return Collections.unmodifiableSortedSet(
                new TreeSet<>(content.configuration().services().keySet()));
    }

    @Override
    public Optional<CounterSource> source(String name) {
        Content now = content;
        return Optional.ofNullable(now.configuration().sources().get(name)).map(now.open()::get);
    }

    @Override
    public List<BudgetedSlo> slos() {
        return content.configuration().slos();
    }

    @Override
    public BadRatios read(BudgetedSlo slo, Set<Duration> windows) {
        String name = slo.indicator().source();
        return Optional.ofNullable(content.configuration().sources().get(name))
                .flatMap(SourceDefinition::openHistory)
                .map(history -> history.read(slo, windows))
                .orElseGet(() -> new BadRatios.Unreachable(
                        "source '" + name + "' does not remember the past; a Prometheus does"));
    }

    /** Looks for changes no more; what is known stays. */
    @Override
    public void close() {
        live.close();
    }
}
