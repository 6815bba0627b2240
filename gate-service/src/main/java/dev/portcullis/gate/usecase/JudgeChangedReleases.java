package dev.portcullis.gate.usecase;

import dev.portcullis.gate.analysis.AnalysisListener;
import dev.portcullis.gate.analysis.AnalysisReport;
import dev.portcullis.gate.analysis.Verdict;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.Releases;
import dev.portcullis.gate.release.StoreUnavailableException;
import dev.portcullis.gate.trace.Traces;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges the open releases of changed verdicts at once, FAILs before all others; what is missed here is found by {@link ReviewReleases}. Thread-safe: every
 * replica may hear the same, and whoever comes first decides.
 */
public final class JudgeChangedReleases implements AnalysisListener {
    private static final Logger LOG = LoggerFactory.getLogger(JudgeChangedReleases.class);
    /** They wait for the database alone, whose connections requests and orders need too. */
    private static final int AT_ONCE = 6;

    private final Releases releases;
    private final ReviewRelease one;
    private final Traces traces;
    private final Executor background;
    /** Fair, so that those are judged first that were begun first. */
    private final Semaphore permits = new Semaphore(AT_ONCE, true);

    /** @param background a thread per task */
    public JudgeChangedReleases(Releases releases, ReviewRelease one, Traces traces, Executor background) {
        this.releases = releases;
        this.one = one;
        this.traces = traces;
        this.background = background;
    }

    @Override
    public void turned(List<AnalysisReport> reports) {
        background.execute(() -> {
            try {
                // Told for many releases, so a part of no release's trace.
                var open = traces.continuing("", "hear analyses", () -> concerned(reports));
                open.forEach((release, report) -> background.execute(() -> review(release, report)));
            } catch (StoreUnavailableException e) {
                LOG.warn("{}: {} changed verdicts wait for the next review", e.getMessage(), reports.size());
            }
        });
    }

    private Map<Release, AnalysisReport> concerned(List<AnalysisReport> reports) {
        var byAnalysis = reports.stream().collect(Collectors.toMap(AnalysisReport::analysis, Function.identity()));
        Map<Release, AnalysisReport> concerned = new LinkedHashMap<>();
        releases.openOf(byAnalysis.keySet()).stream()
                .map(release -> Map.entry(release, byAnalysis.get(release.analysis())))
                .sorted(Comparator.comparing(entry -> entry.getValue().verdict() != Verdict.FAIL))
                .forEach(entry -> concerned.put(entry.getKey(), entry.getValue()));
        return concerned;
    }

    private void review(Release release, AnalysisReport report) {
        permits.acquireUninterruptibly();
        try {
            one.review(release, report);
        } finally {
            permits.release();
        }
    }
}
