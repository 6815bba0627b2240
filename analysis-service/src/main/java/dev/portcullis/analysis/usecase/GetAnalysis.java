package dev.portcullis.analysis.usecase;

import dev.portcullis.analysis.run.AnalysisNotFoundException;
import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.analysis.run.AnalysisRuns;
import dev.portcullis.analysis.run.HistoryPoint;
import dev.portcullis.analysis.run.ObjectiveBounds;
import dev.portcullis.analysis.run.RunJudge;
import dev.portcullis.analysis.run.RunRecord;
import dev.portcullis.analysis.run.RunRecords;
import dev.portcullis.analysis.run.Window;
import java.util.List;
import java.util.UUID;

/** Reads one analysis. */
public final class GetAnalysis {
    private final AnalysisRuns runs;
    private final RunRecords records;

    public GetAnalysis(AnalysisRuns runs, RunRecords records) {
        this.runs = runs;
        this.records = records;
    }

    /**
     * The analysis as it is now.
     *
     * @throws AnalysisNotFoundException when there is none of that id
     */
    public AnalysisRun get(UUID id) {
        return runs.find(id).orElseThrow(() -> new AnalysisNotFoundException(id));
    }

    /**
     * The same for a caller who still decides by it: the time for which it is kept begins anew once it has ended.
     *
     * @throws AnalysisNotFoundException when there is none of that id
     */
    public AnalysisRun getForDecision(UUID id) {
        var run = get(id);
        if (!run.isRunning()) {
            runs.extendRetention(id);
        }
        return run;
    }

    /** The windows closed by then, oldest first; not those closed since it was read. */
    public List<Window> windows(AnalysisRun run) {
        return runs.windows(run.id()).stream()
                .limit(run.measurement().windowCount())
                .toList();
    }

    /** What the analysis follows from, with the windows closed by then, as bytes that others can keep. */
    public byte[] record(AnalysisRun run) {
        return records.write(RunRecord.of(run, windows(run)));
    }

    /** How bad the canary is, objective by objective in the order of the plan, as far as the windows closed by then tell. */
    public List<ObjectiveBounds> bounds(AnalysisRun run) {
        return new RunJudge(run.plan(), run.measurement().counters().buckets()).bounds(windows(run));
    }

    /** What was known as the windows closed by then closed, oldest first; thinned to at most 120 points. */
    public List<HistoryPoint> history(AnalysisRun run) {
        return new RunJudge(run.plan(), run.measurement().counters().buckets()).history(windows(run));
    }
}
