package dev.portcullis.gate.usecase;

import dev.portcullis.gate.analysis.Analyses;
import dev.portcullis.gate.analysis.AnalysisReply;
import dev.portcullis.gate.analysis.AnalysisReport;
import dev.portcullis.gate.analysis.AnalysisReports;
import dev.portcullis.gate.release.Release;
import java.util.Optional;

/** Finds out what analysis-service says of an open release: what it has told already, as long as that is current, and otherwise by asking. Thread-safe. */
public final class AskAnalysis {
    private final Analyses analyses;
    private final AnalysisReports reports;

    public AskAnalysis(Analyses analyses, AnalysisReports reports) {
        this.analyses = analyses;
        this.reports = reports;
    }

    /** What it says; at most a quarter of a second old. Begins the analysis of a release that has none. */
    AnalysisReply about(Release release) {
        var told = reports.find(release.analysis());
        return told.isPresent() ? told.get() : asked(release);
    }

    /** The same for a review. An analysis that has ended is asked for, which keeps it from being deleted while a release waits for a decision. */
    AnalysisReply forReview(Release release) {
        var told = reports.find(release.analysis()).filter(report -> !report.ended());
        return told.isPresent() ? told.get() : asked(release);
    }

    /** The same of a release that somebody decides on by himself; empty when it has no analysis, or that cannot be asked. */
    Optional<AnalysisReport> known(Release release) {
        return release.open() && !release.analysis().isEmpty() ? about(release).report() : Optional.empty();
    }

    private AnalysisReply asked(Release release) {
        var ticket = reports.ticket();
        var reply = ask(release);
        reply.report().ifPresent(report -> reports.keep(report, ticket));
        return reply;
    }

    private AnalysisReply ask(Release release) {
        var key = release.key();
        return release.analysis().isEmpty()
                ? analyses.start(release.analysisId(""), key.service(), key.canary(), release.baseline())
                : analyses.read(release.analysis());
    }
}
