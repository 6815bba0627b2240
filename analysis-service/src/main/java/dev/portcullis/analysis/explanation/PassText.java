package dev.portcullis.analysis.explanation;

import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.analysis.slo.Objective;
import java.time.Duration;
import java.util.stream.Collectors;

/** What a PASS excludes, and how sure that is. */
final class PassText {
    private PassText() {}

    static String of(AnalysisRun run) {
        var objectives = run.plan().objectives().objectives().stream()
                .filter(objective -> objective.severity().weight() > 0)
                .map(objective -> excluded(run, objective))
                .collect(Collectors.joining(" "));
        return (run.plan().isRecovery() ? "Recovered: good enough after " : "Good enough after ") + passed(run) + ". "
                + objectives + " " + Spoken.presumed(run, true);
    }

    private static String passed(AnalysisRun run) {
        var time = run.assessment().passTime();
        var end = time == null ? run.standing().updateTime() : time;
        return Figures.duration(Duration.between(run.plan().begin(), end));
    }

    private static String excluded(AnalysisRun run, Objective objective) {
        var text = new ObjectiveText(run, objective);
        var sure = Figures.percent(1 - run.plan().settings().strictness().beta());
        var what = text.isLatency() ? "that more of its requests are slow than " : "that it fails more often than ";
        var relative = run.plan().arms().baseline() == null ? "" : what + text.passLimit() + ", and ";
        var absolute = text.isLatency()
                ? "that more than " + text.passRatio() + " of its requests are slower than the threshold"
                : "that more than " + text.passRatio() + " of its requests fail";
        return objective.name() + ": " + text.counts() + ". It is excluded (" + sure + " sure) " + relative + absolute
                + ".";
    }
}
