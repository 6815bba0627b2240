package dev.portcullis.analysis.run;

import dev.portcullis.analysis.judge.ObjectiveEvidence;
import dev.portcullis.analysis.judge.TestEvidence;
import dev.portcullis.analysis.judge.Verdict;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One or two sentences for an engineer on where an analysis stands. Every number is one of the analysis itself.
 *
 * <p>"Evidence a : 1" is an e-value: a canary within its limits reaches a with chance 1/a at most, however often one looks. It is never the probability that
 * the canary is bad.
 */
public final class Explanation {
    private final AnalysisRun run;

    private Explanation(AnalysisRun run) {
        this.run = run;
    }

    /** The sentences. */
    public static String of(AnalysisRun run) {
        var explanation = new Explanation(run);
        return switch (run.standing().state()) {
            case RUNNING -> explanation.running();
            case CONCLUDED -> explanation.verdict();
            case CANCELLED -> explanation.cancelled();
        };
    }

    private String running() {
        var measuring = run.measurement().measuring();
        return switch (measuring.state()) {
            case MEASURING -> verdict();
            case NO_DATA -> sentence("Not decided after " + elapsed() + ": " + measuring.detail());
            case UNREACHABLE ->
                sentence("Cannot measure at the moment: " + measuring.detail())
                        + " That says nothing about the canary; the next successful reading goes on from here. "
                        + soFar();
        };
    }

    private String soFar() {
        var verdict = run.standing().verdict();
        return verdict == Verdict.CONTINUE
                ? "Not decided after " + elapsed() + " (" + windows() + ")."
                : "The verdict so far is " + verdict + ".";
    }

    private String verdict() {
        return switch (run.standing().verdict()) {
            case FAIL -> fail();
            case PASS -> pass();
            case CONTINUE -> undecided();
            case INCONCLUSIVE -> inconclusive();
        };
    }

    private String fail() {
        var judgement = run.judgement();
        var evidence = Figures.value(judgement.failEvidence());
        return "Bad after " + elapsed() + " (" + windows() + "): " + worst() + ". "
                + culprits() + " Within its limits, a canary would show evidence this strong in at most 1 of "
                + evidence + " releases, however often one looks; the limit is 1 in "
                + Figures.value(judgement.failThreshold()) + ".";
    }

    private String culprits() {
        var named = run.judgement().objectives().stream()
                .flatMap(o -> Stream.of(
                        named(o.slo(), o, " against its SLO"), named(o.baseline(), o, " against the baseline")))
                .flatMap(Optional::stream)
                .toList();
        return named.isEmpty()
                ? "No test alone decided it, several together did."
                : "Decided by " + String.join(" and ", named) + ".";
    }

    private static Optional<String> named(@Nullable TestEvidence test, ObjectiveEvidence objective, String which) {
        return test != null && test.culprit() ? Optional.of(objective.name() + which) : Optional.empty();
    }

    private String pass() {
        var settings = run.plan().settings();
        return "Good enough after " + elapsed() + " (" + windows() + "): " + worst()
                + ". That the canary is within every tolerated limit has evidence "
                + Figures.odds(run.judgement().passEvidence()) + " (needed "
                + Figures.odds(run.judgement().passThreshold()) + "), with errors in groups of at most "
                + Math.round(settings.clusterSize().requests()) + ".";
    }

    private String undecided() {
        return "Not decided after " + elapsed() + " (" + windows() + "): " + worst() + ". " + evidence();
    }

    private String evidence() {
        var judgement = run.judgement();
        return "Evidence against the canary " + Figures.odds(judgement.failEvidence()) + " (fails at "
                + Figures.odds(judgement.failThreshold()) + "), that it is good enough "
                + Figures.odds(judgement.passEvidence()) + " (passes at " + Figures.odds(judgement.passThreshold())
                + ").";
    }

    private String inconclusive() {
        return "The deadline of "
                + Figures.duration(run.plan().settings().rhythm().deadline()) + " passed undecided (" + windows()
                + "): " + worst() + ". " + couldNotMeasure() + evidence();
    }

    private String couldNotMeasure() {
        var measuring = run.measurement().measuring();
        return measuring.state() == Measuring.State.UNREACHABLE
                ? sentence("The last reading failed: " + measuring.detail()) + " "
                : "";
    }

    private String cancelled() {
        return sentence("Cancelled after " + elapsed() + " (" + windows() + "): "
                        + run.standing().cancelReason())
                + " The verdict then was " + run.standing().verdict() + ".";
    }

    /** The objective that speaks most against the canary, with its numbers. */
    private String worst() {
        var objective = run.judgement().objectives().stream()
                .max(Comparator.comparingDouble(Explanation::against))
                .map(ObjectiveEvidence::name)
                .orElseThrow();
        var counts = run.counts(objective);
        var canary = objective + ", canary " + Figures.counts(counts.canary());
        return run.plan().arms().baseline() == null
                ? canary
                : canary + ", baseline " + Figures.counts(counts.baseline());
    }

    private static double against(ObjectiveEvidence objective) {
        return Math.log(objective.weight()) + Math.max(failOf(objective.slo()), failOf(objective.baseline()));
    }

    private static double failOf(@Nullable TestEvidence test) {
        return test == null ? Double.NEGATIVE_INFINITY : test.fail();
    }

    private String elapsed() {
        return Figures.duration(
                Duration.between(run.plan().begin(), run.standing().updateTime()));
    }

    private String windows() {
        var count = run.measurement().windowCount();
        return count == 1 ? "1 window" : count + " windows";
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }
}
