package dev.portcullis.analysis.explanation;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.judge.SharedBreach;
import dev.portcullis.analysis.run.AnalysisRun;
import java.time.Duration;
import java.util.Locale;

/** Turns of phrase that several texts share. */
final class Spoken {
    private Spoken() {}

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
        return Figures.duration(
                Duration.between(run.plan().begin(), run.standing().updateTime()));
    }

    static String windows(AnalysisRun run) {
        return plural(run.measurement().windowCount(), "window");
    }

    static String plural(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
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
        var rhythm = run.plan().settings().rhythm();
        var silent = last == null
                ? Duration.ZERO
                : Duration.between(last, run.standing().updateTime());
        return silent.compareTo(rhythm.window().plus(rhythm.poll())) <= 0
                ? ""
                : "The " + subject(run) + " has served no request for " + Figures.duration(silent) + ". ";
    }

    /** Both kinds of evidence, and where they decide. */
    static String evidence(AnalysisRun run) {
        var judgement = run.judgement();
        return "Evidence against the " + subject(run) + " " + Figures.odds(judgement.failEvidence()) + " (fails at "
                + Figures.odds(judgement.failThreshold()) + "), that it is good enough "
                + Figures.odds(judgement.passEvidence()) + " (passes at " + Figures.odds(judgement.passThreshold())
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
                : "windows of " + Figures.duration(settings.rhythm().window()) + " are independent of each other";
        return "Presumed: " + groups + split + ".";
    }
}
