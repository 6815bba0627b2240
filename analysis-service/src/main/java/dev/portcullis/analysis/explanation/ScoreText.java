package dev.portcullis.analysis.explanation;

import dev.portcullis.analysis.mannwhitney.MetricClassification;
import dev.portcullis.analysis.mannwhitney.ScoreJudgement;
import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.analysis.run.ScoreAssessment;
import dev.portcullis.analysis.slo.ScoreSettings;
import dev.portcullis.kit.text.DurationText;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What the Mann-Whitney judge says, for an engineer: the score, each metric's classification with its numbers, what it does not
 * guarantee, and the sequential tests for comparison.
 */
final class ScoreText {
    private final AnalysisRun run;
    private final ScoreAssessment score;
    private final List<Duration> looks;

    private ScoreText(AnalysisRun run, ScoreAssessment score, ScoreSettings settings) {
        this.run = run;
        this.score = score;
        this.looks = settings.looks();
    }

    static String of(AnalysisRun run, ScoreAssessment score) {
        var settings = Objects.requireNonNull(run.plan().settings().score(), "a score without its settings");
        return new ScoreText(run, score, settings).text();
    }

    private String text() {
        var judgement = score.judgement();
        var verdict = judgement == null ? "" : " " + said(judgement);
        return beginning() + verdict + next()
                + " This judge states no error bound. The sequential tests, for comparison: "
                + Phrases.evidence(run);
    }

    private String beginning() {
        return switch (run.status().verdict()) {
            case FAIL -> "Bad at " + look() + ":";
            case PASS -> "Good enough at " + look() + ":";
            case INCONCLUSIVE ->
                "The deadline of " + DurationText.rounded(looks.getLast()) + " passed undecided, at " + look() + ":";
            case CONTINUE ->
                "Not decided after " + Phrases.elapsed(run) + " (" + Phrases.windows(run) + ")"
                        + (score.judgement() == null ? "" : ", at " + look() + ":");
        };
    }

    private String look() {
        return looks.size() == 1
                ? "the look of the Mann-Whitney judge"
                : "look " + score.looks() + " of " + looks.size() + " of the Mann-Whitney judge";
    }

    private static String said(ScoreJudgement judgement) {
        return judgement.reason() + ". "
                + judgement.metrics().stream().map(ScoreText::said).collect(Collectors.joining(" "));
    }

    private static String said(MetricClassification metric) {
        return metric.name() + " is " + metric.classification() + ", " + metric.reason() + ".";
    }

    /** When it looks again; nothing once it has ended. */
    private String next() {
        if (!run.isRunning() || score.looks() == looks.size()) {
            return "";
        }
        var when = "looks " + DurationText.rounded(looks.get(score.looks())) + " after the beginning";
        return score.judgement() == null
                ? ": the Mann-Whitney judge " + when + ", and judges nothing before."
                : " It next " + when + ".";
    }
}
