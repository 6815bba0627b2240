package dev.portcullis.analysis.explanation;

import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.analysis.run.PreviousRelease;
import dev.portcullis.analysis.slo.Severity;
import java.util.Objects;
import java.util.stream.Collectors;

/** What a canary is compared with, and what is told where it is compared with nothing of the same time. */
final class BaselineText {
    private BaselineText() {}

    /** Who the baseline is, e.g. "stable version". */
    static String name(AnalysisRun run) {
        return run.plan().baselineName();
    }

    /** A sentence, with a space before it; empty when there is a concurrent baseline. */
    static String withoutBaseline(AnalysisRun run) {
        if (run.plan().arms().baseline() != null) {
            return "";
        }
        if (run.plan().isRecovery()) {
            return " The SLO alone decides.";
        }
        var previous = run.plan().previous();
        var alone = " No pods of the same time are compared: the SLO alone decides.";
        return previous == null
                ? alone + " There is no record of a previous release either."
                : alone + " " + record(run, previous);
    }

    private static String record(AnalysisRun run, PreviousRelease previous) {
        var objectives = run.plan().objectives().objectives().stream()
                .filter(objective -> objective.severity() != Severity.INFORMATIONAL)
                .filter(objective -> previous.counts().containsKey(objective.name()))
                .map(objective -> objective.name() + ": "
                        + FigureFormat.requests(
                                Objects.requireNonNull(previous.counts().get(objective.name())),
                                new ObjectiveText(run, objective).isLatency() ? "were too slow" : "failed"))
                .collect(Collectors.joining(", "));
        return "For comparison only, the previous release (canary " + previous.canary() + ", measured until "
                + previous.end() + "): " + objectives + ".";
    }
}
