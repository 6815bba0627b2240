package dev.portcullis.analysis.explanation;

import dev.portcullis.analysis.judge.SharedBreach;
import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.analysis.run.Findings;
import dev.portcullis.analysis.run.ObjectiveBounds;
import dev.portcullis.analysis.stats.Bounds;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a FAIL rests on: the requests, how bad it is, how sure that is, which windows and which pods. */
final class FailText {
    private final AnalysisRun run;
    private final List<Suspect> culprits;
    private final Suspect worst;
    private final ObjectiveText objective;

    private FailText(AnalysisRun run) {
        this.run = run;
        var suspects = Suspect.of(run);
        this.culprits =
                suspects.stream().filter(suspect -> suspect.test().culprit()).toList();
        this.worst = culprits.isEmpty() ? suspects.getFirst() : culprits.getFirst();
        this.objective = new ObjectiveText(run, worst.objective());
    }

    static String of(AnalysisRun run) {
        var text = new FailText(run);
        var findings = Optional.ofNullable(run.assessment().findings());
        return (run.plan().isRecovery() ? "Not recovered: bad after " : "Bad after ") + Spoken.elapsed(run) + ": "
                + text.who() + ". " + text.worst.counts(run) + ". "
                + findings.flatMap(text::size).map(size -> size + " ").orElse("")
                + text.alike()
                + text.sureness()
                + findings.map(found -> " " + windows(found)).orElse("")
                + PodShare.of(run, text.worst.objective())
                        .map(share -> " " + share)
                        .orElse("")
                + " " + Spoken.presumed(run, false);
    }

    private String who() {
        return culprits.isEmpty()
                ? "no test alone decided it, several did together, first of all " + worst.name(run)
                : culprits.stream().map(culprit -> culprit.name(run)).collect(Collectors.joining(", "));
    }

    /** How bad it is at least, where the evidence alone can tell. */
    private Optional<String> size(Findings findings) {
        if (findings.bounds().size() <= worst.position()) {
            return Optional.empty();
        }
        var bounds = findings.bounds().get(worst.position());
        return worst.ofBaseline() ? relative(bounds) : absolute(bounds);
    }

    private Optional<String> relative(ObjectiveBounds bounds) {
        var cut = worst.test().worstCut();
        return bounds.relative().size() <= cut
                ? Optional.empty()
                : lower(bounds.relative().get(cut))
                        .filter(lower -> lower > 1)
                        .map(lower -> objective.isLatency()
                                ? "At least " + Figures.times(lower) + " times as many of its requests "
                                        + objective.habit(objective.comparedBoundary(cut))
                                        + " as of the " + BaselineText.name(run) + "'s "
                                        + sure() + "."
                                : "The canary fails at least " + Figures.times(lower) + " times as often as the "
                                        + BaselineText.name(run) + " " + sure() + ".");
    }

    private Optional<String> absolute(ObjectiveBounds bounds) {
        var buckets =
                run.measurement().counters().buckets().get(worst.objective().name());
        var cut = buckets == null ? 0 : buckets.fail();
        return bounds.ratio().size() <= cut
                ? Optional.empty()
                : lower(bounds.ratio().get(cut))
                        .map(lower -> "At least " + Figures.percentDown(lower) + " of its requests "
                                + objective.habit(objective.thresholdBoundary()) + " " + sure() + "; the SLO allows "
                                + objective.allowed() + ".");
    }

    private static Optional<Double> lower(Bounds bounds) {
        return bounds.lower().isPresent() ? Optional.of(bounds.lower().getAsDouble()) : Optional.empty();
    }

    private String sure() {
        return "(" + Figures.percent(1 - run.plan().settings().strictness().alpha()) + " sure, at every look)";
    }

    /** A canary beside a baseline that fails too is failed only for being far worse than it. */
    private String alike() {
        return worst.test().held()
                ? "The " + BaselineText.name(run) + " fails too; the " + Spoken.subject(run) + " fails more than "
                        + Figures.plain(SharedBreach.FACTOR) + " times as often. "
                : "";
    }

    private String sureness() {
        var limit = culprits.isEmpty()
                ? "all its limits"
                : "its limit (" + (worst.ofBaseline() ? objective.failLimit() : objective.failRatio()) + ")";
        var judgement = run.judgement();
        return "If the " + Spoken.subject(run) + " were within " + limit
                + ", evidence this strong would turn up in fewer than 1 of "
                + Figures.cases(judgement.failEvidence())
                + (run.plan().isRecovery() ? " recoveries" : " releases")
                + ", however often one looks; the limit is 1 in "
                + Figures.cases(judgement.failThreshold()) + ".";
    }

    private static String windows(Findings findings) {
        var voted =
                switch (findings.votingWindows()) {
                    case 1 -> "The only window voted";
                    case 2 -> "Both windows voted";
                    default -> "All " + findings.votingWindows() + " windows voted";
                };
        return voted
                + (findings.oneWindowSuffices()
                        ? "; the worst alone would have sufficed."
                        : "; the worst alone would not have sufficed.");
    }
}
