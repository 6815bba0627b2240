package dev.portcullis.analysis.source;

import dev.portcullis.analysis.metric.CounterSource;
import dev.portcullis.analysis.metric.Sample;
import dev.portcullis.analysis.metric.SourceReading;
import dev.portcullis.analysis.query.SeriesIndex;
import dev.portcullis.analysis.query.SeriesQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;

/** A source that has the series of simulated pods at once and in any order, without a network. Not thread-safe. */
public final class SimulatedSource implements CounterSource {
    private static final double LONG_AGO = 4e9;
    private static final double HOUR = 3600;

    private final List<SimulatedPod> pods = new ArrayList<>();
    private final Random order;

    /** @param seed of the order in which series are given */
    public SimulatedSource(long seed) {
        this.order = new Random(seed);
    }

    public void add(SimulatedPod pod) {
        pods.add(pod);
    }

    public void remove(SimulatedPod pod) {
        pods.remove(pod);
    }

    @Override
    public List<SourceReading> read(List<SeriesQuery> queries, Instant moment) {
        List<SourceReading> readings = new ArrayList<>();
        for (SeriesQuery query : queries) {
            SeriesIndex index = new SeriesIndex(List.of(query));
            List<Sample> meant = meant(labels -> !index.meaning(labels).isEmpty());
            Collections.shuffle(meant, order);
            readings.add(new SourceReading.Series(meant, List.of()));
        }
        return readings;
    }

    private List<Sample> meant(Predicate<Map<String, String>> selector) {
        List<Sample> meant = new ArrayList<>();
        for (SimulatedPod pod : pods) {
            for (Sample sample : pod.samples()) {
                Map<String, String> labels = new HashMap<>(sample.labels());
                labels.put("pod", pod.name());
                if (selector.test(labels)) {
                    meant.add(new Sample(labels, sample.value()).startedAt(LONG_AGO + HOUR * pod.starts()));
                }
            }
        }
        return meant;
    }
}
