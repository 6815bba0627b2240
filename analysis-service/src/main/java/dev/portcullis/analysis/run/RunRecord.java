package dev.portcullis.analysis.run;

import dev.portcullis.analysis.fold.CounterState;
import dev.portcullis.analysis.judge.Verdict;
import dev.portcullis.analysis.metric.Buckets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What an analysis follows from and never changes: with it and the little that was counted since the last window, whatever the analysis said at any moment can be computed
 * again.
 *
 * @param id of the analysis
 * @param plan what it was told to do
 * @param buckets of the latency objectives, by name, as far as they were chosen
 * @param windows the closed windows, oldest first, without the halves of the baseline, which take no part in a verdict
 */
public record RunRecord(UUID id, RunPlan plan, Map<String, Buckets> buckets, List<Window> windows) {
    /** Keeps its own copy. */
    public RunRecord {
        buckets = Map.copyOf(buckets);
        windows = List.copyOf(windows);
    }

    /**
     * What was known at a moment besides the closed windows.
     *
     * @param time of the last change
     * @param version how many changes there were
     * @param cancelReason why it had been cancelled then; empty when it had not
     * @param measuring whether the last poll could measure
     * @param totals what was counted since the analysis began, the open window included
     * @param windows how many had closed
     * @param chosen the latency objectives whose buckets were chosen then
     * @param judged those of them whose buckets were chosen when the last window closed
     */
    public record Moment(
            Instant time,
            long version,
            Optional<String> cancelReason,
            MeasuringStatus measuring,
            Measurement.Totals totals,
            int windows,
            Set<String> chosen,
            Set<String> judged) {}

    /** The record of an analysis, with all windows that it has closed. */
    public static RunRecord of(AnalysisRun run, List<Window> windows) {
        var counts = windows.stream()
                .map(window -> new Window(window.index(), window.start(), window.end(), window.counts(), Map.of()))
                .toList();
        return new RunRecord(run.id(), run.plan(), run.measurement().counters().buckets(), counts);
    }

    /**
     * The analysis as it was at a moment, computed again: its state, verdict and evidence are the judge's, and nothing of them is taken from what was said then.
     *
     * @throws IllegalArgumentException when the record has fewer windows than had closed
     */
    public AnalysisRun at(Moment moment) {
        if (moment.windows > windows.size()) {
            throw new IllegalArgumentException(
                    "the record has " + windows.size() + " windows, and " + moment.windows + " had closed");
        }
        var closed = windows.subList(0, moment.windows);
        var over = moment.cancelReason.isEmpty() && plan.isOver(moment.time);
        var assessment = RunJudge.after(closed, plan, only(moment.judged)).assess(over, () -> closed);
        var counters = new CounterState(Map.of(), only(moment.chosen), Map.of(), Map.of(), List.of());
        var measurement = new Measurement(moment.measuring, counters, null, moment.totals, moment.windows);
        var status = RunStatus.running(Verdict.CONTINUE, moment.time, moment.time);
        var run = new AnalysisRun(id, plan, status, measurement, assessment, moment.version);
        return moment.cancelReason
                .map(reason -> run.running(assessment.verdict()).cancelled(reason, moment.time))
                .orElseGet(() -> run.settled(moment.time));
    }

    private Map<String, Buckets> only(Set<String> objectives) {
        var some = new HashMap<>(buckets);
        some.keySet().retainAll(objectives);
        return some;
    }
}
