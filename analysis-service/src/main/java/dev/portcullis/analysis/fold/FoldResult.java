package dev.portcullis.analysis.fold;

import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.evidence.Observation;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The requests between two readings.
 *
 * @param increments by objective name, never negative, bad at most total; a latency whose buckets are not chosen yet has none
 * @param canaryPods the canary's, by objective name and pod; of a latency, bad are those slower than its threshold
 * @param baselinePods the baseline's likewise
 * @param state what the next reading is compared with; with faults that of before, but for what was learnt of pods that are in doubt
 * @param faults why an objective cannot be counted, one line each, a few at most; empty when all can
 * @param withheld what of the pods is not known yet, or cannot be any more, one line each; while there is any, no objective has passed
 * @param notes what was left out and why, one line each; for people
 */
public record FoldResult(
        Map<String, Observation> increments,
        Map<String, Map<String, Counts>> canaryPods,
        Map<String, Map<String, Counts>> baselinePods,
        CounterState state,
        List<String> faults,
        List<String> withheld,
        List<String> notes) {
    public FoldResult {
        increments = Map.copyOf(increments);
        canaryPods = Map.copyOf(canaryPods);
        baselinePods = Map.copyOf(baselinePods);
        faults = List.copyOf(faults);
        withheld = List.copyOf(withheld);
        notes = List.copyOf(notes);
    }

    /** The same without a count, and why; the next difference is taken from here. */
    public FoldResult withoutCounts(String why) {
        return new FoldResult(
                Map.of(),
                Map.of(),
                Map.of(),
                state,
                faults,
                withheld,
                Stream.concat(Stream.of(why), notes.stream()).toList());
    }
}
