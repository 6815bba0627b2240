package dev.portcullis.analysis.fold;

import dev.portcullis.analysis.metric.Buckets;
import dev.portcullis.analysis.metric.CounterReading;
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
import java.util.TreeMap;

/**
 * A reading with its histograms cut at the boundaries of the analysis, so that all objectives are counters.
 *
 * @param cuts by objective name; a latency whose boundaries are not chosen yet is missing
 * @param buckets the boundaries of each latency, those chosen by this reading among them
 * @param faults why an objective cannot be counted, one line each
 * @param notes which are not counted yet, one line each
 */
record CutReading(Map<String, Cut> cuts, Map<String, Buckets> buckets, List<String> faults, List<String> notes) {
    /**
     * The counters of one objective.
     *
     * @param number of cuts, whether or not any pod was seen
     * @param fail position of the cut by which a request is called bad when it is told by pod
     */
    record Cut(ObjectiveCounters counters, int number, int fail) {}

    static CutReading of(CounterReading.Counters reading, Map<String, Buckets> known, FoldRules rules) {
        CutReading cut = new CutReading(new HashMap<>(), new HashMap<>(known), new ArrayList<>(), new ArrayList<>());
        // In the order of names: faults and notes are to be the same lines for the same reading.
        new TreeMap<String, ObjectiveReading>(reading.objectives()).forEach((name, objective) -> {
            switch (objective) {
                case ObjectiveCounters counters -> cut.cuts.put(name, new Cut(counters, 1, 0));
                case ObjectiveHistograms histograms -> cut.cut(name, histograms, rules);
            }
        });
        return cut;
    }

    private void cut(String name, ObjectiveHistograms histograms, FoldRules rules) {
        if (!buckets.containsKey(name)) {
            double threshold = rules.thresholds().getOrDefault(name, Double.NaN);
            switch (BucketChoice.of(histograms, threshold, rules.compares())) {
                case BucketChoice.NotYet n -> notes.add("objective '" + name + "' is not counted yet: " + n.why());
                case BucketChoice.Impossible impossible -> faults.add("objective '" + name + "': " + impossible.why());
                case BucketChoice.Chosen chosen -> buckets.put(name, chosen.buckets());
            }
        }
        Buckets chosen = buckets.get(name);
        if (chosen != null) {
            cut(name, histograms, chosen);
        }
    }

    private void cut(String name, ObjectiveHistograms histograms, Buckets chosen) {
        ObjectiveCounters counters = new ObjectiveCounters(
                RatioNumerator.GOOD, cut(name, histograms.canary(), chosen), cut(name, histograms.baseline(), chosen));
        cuts.put(name, new Cut(counters, chosen.boundaries().size(), chosen.fail()));
    }

    private Map<String, PodCounters> cut(String name, Map<String, PodHistograms> pods, Buckets chosen) {
        Map<String, PodCounters> counters = new HashMap<>();
        new TreeMap<>(pods).forEach((pod, histograms) -> {
            List<Double> lacking = histograms.lacking(chosen);
            if (lacking.isEmpty()) {
                counters.put(pod, histograms.cutAt(chosen));
            } else {
                faults.add("objective '" + name + "': the histogram of pod " + SeriesText.key(pod)
                        + " lacks the bucket boundary " + lacking.getFirst()
                        + "; those chosen when the analysis began are "
                        + chosen.boundaries() + ", and a new analysis chooses anew");
            }
        });
        return counters;
    }
}
