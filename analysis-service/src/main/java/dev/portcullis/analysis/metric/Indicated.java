package dev.portcullis.analysis.metric;

import dev.portcullis.analysis.slo.LatencyIndicator;
import dev.portcullis.analysis.slo.Objective;
import dev.portcullis.analysis.slo.RatioIndicator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** An objective's metrics, with their queries parsed. */
sealed interface Indicated {
    /** Name of the objective. */
    String name();

    /** What is to be read. */
    List<Selector> selectors();

    /** What was read, by arm and pod. */
    ObjectiveReading group(PodGrouping grouping, Map<Selector, List<Sample>> samples);

    /** A ratio's two counters. */
    record Ratio(String name, Counted counted, Selector part, Selector total) implements Indicated {
        @Override
        public List<Selector> selectors() {
            return List.of(part, total);
        }

        @Override
        public ObjectiveReading group(PodGrouping grouping, Map<Selector, List<Sample>> samples) {
            return grouping.counters(
                    counted, samples.getOrDefault(part, List.of()), samples.getOrDefault(total, List.of()));
        }
    }

    /** A latency's histogram. */
    record Latency(String name, Selector histogram) implements Indicated {
        @Override
        public List<Selector> selectors() {
            return List.of(histogram);
        }

        @Override
        public ObjectiveReading group(PodGrouping grouping, Map<Selector, List<Sample>> samples) {
            return grouping.histograms(samples.getOrDefault(histogram, List.of()));
        }
    }

    /**
     * The metrics of one objective.
     *
     * @throws SelectorException when a query is no selector
     */
    static Indicated of(Objective objective) {
        return switch (objective.indicator()) {
            case RatioIndicator ratio -> of(objective.name(), ratio);
            case LatencyIndicator latency -> new Latency(objective.name(), Selector.parse(latency.histogram()));
        };
    }

    private static Indicated of(String name, RatioIndicator indicator) {
        Counted counted = indicator.good() == null ? Counted.BAD : Counted.GOOD;
        String part = Objects.requireNonNull(counted == Counted.GOOD ? indicator.good() : indicator.bad());
        return new Ratio(name, counted, Selector.parse(part), Selector.parse(indicator.total()));
    }
}
