package dev.portcullis.analysis.configuration;

import dev.portcullis.analysis.budget.BadRatioHistory;
import dev.portcullis.analysis.budget.BadRatios;
import dev.portcullis.analysis.budget.BudgetedSlo;
import dev.portcullis.analysis.budget.BudgetedSlos;
import dev.portcullis.analysis.budget.BurnRateRows;
import dev.portcullis.analysis.metric.CounterSource;
import dev.portcullis.analysis.metric.CounterSources;
import dev.portcullis.analysis.slo.ObjectiveCatalog;
import dev.portcullis.analysis.slo.ServiceObjectives;
import dev.portcullis.analysis.source.SourceDefinition;
import dev.portcullis.analysis.source.SourceKind;
import dev.portcullis.kit.configuration.LiveConfiguration;
import dev.portcullis.kit.configuration.SectionReaders;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The objectives and metric sources of a configuration folder, followed while it changes. A source whose definition did not change
 * stays open over a change, with what it remembers. Thread-safe.
 */
public final class LiveObjectives
        implements ObjectiveCatalog, CounterSources, BudgetedSlos, BadRatioHistory, AutoCloseable {
    private record Open(CounterSource counters, Optional<BadRatioHistory> history) {
        static Open of(SourceDefinition definition) {
            return new Open(definition.open(), definition.openHistory());
        }
    }

    private record Content(AnalysisConfiguration configuration, Map<SourceDefinition, Open> open) {
        static final Content NONE = new Content(AnalysisConfiguration.EMPTY, Map.of());

        Optional<Open> source(String name) {
            return Optional.ofNullable(configuration.sources().get(name)).map(open::get);
        }
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
        return open(folder, kinds, SectionReaders.NONE, pollEvery);
    }

    /** The same with the readers of the other services, which a content has to pass before it is taken up. */
    public static LiveObjectives open(Path folder, List<SourceKind> kinds, SectionReaders readers, Duration pollEvery) {
        LiveObjectives objectives = new LiveObjectives(LiveConfiguration.open(
                folder,
                readers.before(
                        "analysis", (documents, faults) -> AnalysisConfiguration.parse(documents, faults, kinds)),
                pollEvery));
        objectives.live.onChange(changed -> objectives.refresh());
        objectives.refresh();
        return objectives;
    }

    /** The folder behind them, which they close. */
    public LiveConfiguration<AnalysisConfiguration> configuration() {
        return live;
    }

    /** Takes up what the folder holds now; a change is taken up by itself at the next look. */
    public void lookNow() {
        live.refresh();
    }

    private synchronized void refresh() {
        AnalysisConfiguration now = live.current();
        Map<SourceDefinition, Open> before = content.open();
        Map<SourceDefinition, Open> open = new HashMap<>();
        for (SourceDefinition definition : now.sources().values()) {
            Open known = before.get(definition);
            open.put(definition, known == null ? Open.of(definition) : known);
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
        return content.source(name).map(Open::counters);
    }

    @Override
    public List<BudgetedSlo> slos() {
        return KnownBudgets.of(content.configuration());
    }

    @Override
    public BadRatios read(BudgetedSlo slo, BurnRateRows rows) {
        String name = slo.indicator().source();
        return content.source(name)
                .flatMap(Open::history)
                .map(history -> history.read(slo, rows))
                .orElseGet(
                        () -> new BadRatios.Unmeasurable(
                                "source '" + name
                                        + "' is not asked about the past; legal: a source of type Prometheus that has the same series"));
    }

    /** Looks for changes no more; what is known stays. */
    @Override
    public void close() {
        live.close();
    }
}
