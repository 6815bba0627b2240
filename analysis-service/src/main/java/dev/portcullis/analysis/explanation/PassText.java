package dev.portcullis.analysis.explanation;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.evidence.Observation;
import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.analysis.slo.Objective;
import dev.portcullis.kit.text.DurationText;
import java.time.Duration;
import java.util.stream.Collectors;

/** What a PASS excluded with the figures of its moment, how sure that was, and what has come since. */
final class PassText {
    private final AnalysisRun run;

    /** Whether what was counted by now would still pass the canary. */
    private final boolean lasts;

    private PassText(AnalysisRun run) {
        this.run = run;
        var judgement = run.judgement();
        this.lasts = judgement.passEvidence() >= judgement.passThreshold()
                && judgement.failEvidence() < judgement.failThreshold() / 2;
    }

    static String of(AnalysisRun run) {
        var text = new PassText(run);
        var objectives = run.plan().objectives().objectives().stream()
                .filter(objective -> objective.severity().weight() > 0)
                .map(text::told)
                .collect(Collectors.joining(" "));
        return (run.plan().isRecovery() ? "Recovered: good enough after " : "Good enough after ") + text.passed() + ". "
                + objectives + " "
                + (text.lasts ? "" : "By now a PASS would not be given. " + Phrases.evidence(run) + " ")
                + Phrases.silence(run)
                + Phrases.presumed(run, true);
    }

    private String passed() {
        var time = run.assessment().passTime();
        var end = time == null ? run.status().updateTime() : time;
        return DurationText.rounded(Duration.between(run.plan().begin(), end));
    }

    private String told(Objective objective) {
        var text = new ObjectiveText(run, objective);
        var now = run.counts(objective.name());
        var then = then(objective, now);
        return objective.name() + ": " + text.counts(then) + ". " + excluded(text) + since(text, then, now);
    }

    /** What was counted when it passed; of an analysis that passed under a version that did not keep it, what is counted by now. */
    private ArmCounts then(Objective objective, ArmCounts now) {
        var counted = run.assessment().passCounts();
        return counted.isEmpty()
                ? now
                : run.counts(objective.name(), counted.getOrDefault(objective.name(), Observation.nothing(1)));
    }

    private String excluded(ObjectiveText text) {
        var sure = FigureFormat.percent(1 - run.plan().settings().strictness().beta());
        var what = text.isLatency() ? "that more of its requests are slow than " : "that it fails more often than ";
        var relative = run.plan().arms().baseline() == null ? "" : what + text.passLimit() + ", and ";
        var absolute = text.isLatency()
                ? "that more than " + text.passRatio() + " of its requests are slower than the threshold"
                : "that more than " + text.passRatio() + " of its requests fail";
        return "It " + (lasts ? "is" : "was") + " excluded (" + sure + " sure) " + relative + absolute + ".";
    }

    private String since(ObjectiveText text, ArmCounts then, ArmCounts now) {
        var more = new ArmCounts(minus(now.canary(), then.canary()), minus(now.baseline(), then.baseline()));
        return more.canary().total() == 0 ? "" : " Since then: " + text.bareCounts(more) + ".";
    }

    private static Counts minus(Counts now, Counts then) {
        var total = Math.max(0, now.total() - then.total());
        return new Counts(Math.clamp(now.bad() - then.bad(), 0, total), total);
    }
}
