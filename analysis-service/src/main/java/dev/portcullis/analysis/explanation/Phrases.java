package dev.portcullis.analysis.explanation;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.judge.SharedBreach;
import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.kit.text.DurationText;
import dev.portcullis.kit.text.NumberText;
import java.time.Duration;
import java.util.Locale;

/** Turns of phrase that several texts share. */
final class Phrases {
    private Phrases() {}

    /** Who is judged: "canary", or after a rollback "restored version". */
    static String subject(AnalysisRun run) {
        return run.plan().purpose().subject();
    }

    /** The same at the beginning of a sentence. */
    static String capitalSubject(AnalysisRun run) {
        return capitalized(subject(run));
    }

    /** With a capital letter first. */
    static String capitalized(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    static String elapsed(AnalysisRun run) {
        return DurationText.rounded(
                Duration.between(run.plan().begin(), run.status().updateTime()));
    }

    static String windows(AnalysisRun run) {
        return NumberText.counted(run.measurement().windowCount(), "window");
    }

    static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }

    /** Whether the canary failed at most twice as often as the baseline over the whole time. */
    static boolean isAlike(ArmCounts counts) {
        return counts.canary().bad() * counts.baseline().total()
                <= SharedBreach.FACTOR
                        * counts.baseline().bad()
                        * counts.canary().total();
    }

    /** A sentence with a space behind it on a canary without requests: evidence does not go stale, and so would seem to tell of the present. Empty when it serves. */
    static String silence(AnalysisRun run) {
        var last = run.measurement().totals().lastRequest();
        var timing = run.plan().settings().timing();
        var silent = last == null
                ? Duration.ZERO
                : Duration.between(last, run.status().updateTime());
        return silent.compareTo(timing.window().plus(timing.poll())) <= 0
                ? ""
                : "The " + subject(run) + " has served no request for " + DurationText.rounded(silent) + ". ";
    }

    /** Both kinds of evidence, and where they decide. */
    static String evidence(AnalysisRun run) {
        var judgement = run.judgement();
        return "Evidence against the " + subject(run) + " " + FigureFormat.odds(judgement.failEvidence())
                + " (fails at "
                + FigureFormat.odds(judgement.failThreshold()) + "), that it is good enough "
                + FigureFormat.odds(judgement.passEvidence()) + " (passes at "
                + FigureFormat.odds(judgement.passThreshold())
                + ").";
    }

    /** What the verdict presumes: without these its error bounds do not hold. */
    static String presumed(AnalysisRun run, boolean ofPass) {
        var settings = run.plan().settings();
        var split =
                run.plan().arms().baseline() == null ? "" : ", and requests are split between the versions at random";
        var groups = ofPass
                ? "errors come in groups of at most "
                        + Math.round(settings.clusterSize().requests()) + " requests ("
                        + switch (settings.clusterSize().from()) {
                            case POLICY -> "as the policy says";
                            case MEASURED -> "measured on the stable version";
                            case DEFAULT, NOT_MEASURED_YET -> "by default, not measured";
                        }
                        + ")"
                : "windows of " + DurationText.rounded(settings.timing().window()) + " are independent of each other";
        return "Presumed: " + groups + split + ".";
    }
}
