package dev.portcullis.analysis.fold;

import dev.portcullis.analysis.metric.Buckets;
import dev.portcullis.analysis.metric.ObjectiveCounters;
import dev.portcullis.analysis.metric.ObjectiveHistograms;
import dev.portcullis.analysis.metric.ObjectiveReading;
import dev.portcullis.analysis.metric.PodCounters;
import dev.portcullis.analysis.metric.PodHistograms;
import dev.portcullis.analysis.metric.RatioNumerator;
import dev.portcullis.analysis.metric.SeriesText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Cuts the histograms of a reading at the boundaries of the analysis, so that all objectives are counters. Used for one reading. */
final class HistogramCuts {
    private final FoldRules rules;
    private final Map<String, Buckets> buckets;
    private final List<String> faults = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** @param known the boundaries that are chosen, by name of a latency objective */
    HistogramCuts(Map<String, Buckets> known, FoldRules rules) {
        this.buckets = new HashMap<>(known);
        this.rules = rules;
    }

    /** The counters of an objective; empty for a latency whose boundaries are not chosen yet, which the faults or the notes explain. */
    Optional<ObjectiveCounters> counters(String objective, ObjectiveReading reading) {
        return switch (reading) {
            case ObjectiveCounters counters -> Optional.of(counters);
            case ObjectiveHistograms histograms ->
                chosen(objective, histograms).map(chosen -> cut(objective, histograms, chosen));
        };
    }

    private Optional<Buckets> chosen(String objective, ObjectiveHistograms histograms) {
        if (!buckets.containsKey(objective)) {
            double threshold = rules.thresholds().getOrDefault(objective, Double.NaN);
            switch (BucketChoice.of(histograms, threshold, rules.compares())) {
                case BucketChoice.NotYet n -> notes.add("objective '" + objective + "' is not counted yet: " + n.why());
                case BucketChoice.Impossible i -> faults.add("objective '" + objective + "': " + i.why());
                case BucketChoice.Chosen c -> buckets.put(objective, c.buckets());
            }
        }
        return Optional.ofNullable(buckets.get(objective));
    }

    private ObjectiveCounters cut(String objective, ObjectiveHistograms histograms, Buckets chosen) {
        return new ObjectiveCounters(
                RatioNumerator.GOOD,
                cut(objective, histograms.canary(), chosen),
                cut(objective, histograms.baseline(), chosen));
    }

    private Map<String, PodCounters> cut(String objective, Map<String, PodHistograms> pods, Buckets chosen) {
        Map<String, PodCounters> counters = new HashMap<>();
        new TreeMap<>(pods).forEach((pod, histograms) -> {
            List<Double> lacking = histograms.lacking(chosen);
            if (lacking.isEmpty()) {
                counters.put(pod, histograms.cutAt(chosen));
            } else {
                faults.add("objective '" + objective + "': the histogram of pod " + SeriesText.key(pod)
                        + " lacks the bucket boundary " + lacking.getFirst()
                        + "; those chosen when the analysis began are "
                        + chosen.boundaries() + ", and a new analysis chooses anew");
            }
        });
        return counters;
    }

    /** How many cuts an objective has; a ratio has one. */
    int number(String objective) {
        Buckets chosen = buckets.get(objective);
        return chosen == null ? 1 : chosen.boundaries().size();
    }

    /** The position of the cut by which a request is called bad when it is told by pod. */
    int fail(String objective) {
        Buckets chosen = buckets.get(objective);
        return chosen == null ? 0 : chosen.fail();
    }

    /** The boundaries of each latency, those chosen by this reading among them. */
    Map<String, Buckets> buckets() {
        return buckets;
    }

    /** Why an objective cannot be counted, one line each. */
    List<String> faults() {
        return faults;
    }

    /** Which are not counted yet, one line each. */
    List<String> notes() {
        return notes;
    }
}
