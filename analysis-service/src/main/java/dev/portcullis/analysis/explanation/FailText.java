package dev.portcullis.analysis.explanation;

import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.analysis.run.FailBasis;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a FAIL rests on: the requests, how bad it is, how sure that is, which windows and which pods. */
final class FailText {
    private final AnalysisRun run;
    private final List<RankedTest> culprits;
    private final RankedTest worst;
    private final ObjectiveText objective;

    private FailText(AnalysisRun run) {
        this.run = run;
        this.culprits = RankedTest.of(run).stream()
                .filter(test -> test.test().culprit())
                .toList();
        this.worst = RankedTest.foremost(run).orElseThrow();
        this.objective = new ObjectiveText(run, worst.objective());
    }

    static String of(AnalysisRun run) {
        var text = new FailText(run);
        var failBasis = Optional.ofNullable(run.assessment().failBasis());
        return (run.plan().isRecovery() ? "Not recovered: bad after " : "Bad after ") + Phrases.elapsed(run) + ": "
                + text.who() + ". " + text.worst.counts(run) + ". "
                + failBasis
                        .flatMap(found -> SizeText.of(run, text.worst, found))
                        .map(size -> size + " ")
                        .orElse("")
                + text.alike()
                + text.sureness()
                + failBasis.map(found -> " " + windows(found)).orElse("")
                + PodShareText.of(run, text.worst.objective())
                        .map(share -> " " + share)
                        .orElse("")
                + " " + Phrases.presumed(run, false);
    }

    private String who() {
        return culprits.isEmpty()
                ? "no test alone decided it, several did together, first of all " + worst.name(run)
                : culprits.stream().map(culprit -> culprit.name(run)).collect(Collectors.joining(", "));
    }

    /** A canary beside a baseline that fails too is failed only for being far worse than it. */
    private String alike() {
        if (!worst.test().held()) {
            return "";
        }
        return Phrases.isAlike(run.counts(worst.objective().name()))
                ? "The " + BaselineText.name(run) + " failed too; at times, though not over the whole time, the "
                        + Phrases.subject(run) + " failed more than twice as often. "
                : "The " + BaselineText.name(run) + " fails too; the " + Phrases.subject(run)
                        + " fails more than twice as often. ";
    }

    private String sureness() {
        var limit = culprits.isEmpty()
                ? "all its limits"
                : "its limit (" + (worst.ofBaseline() ? objective.failLimit() : objective.failRatio()) + ")";
        var judgement = run.judgement();
        return "If the " + Phrases.subject(run) + " were within " + limit
                + ", evidence this strong would turn up in fewer than 1 of "
                + FigureFormat.cases(judgement.failEvidence())
                + (run.plan().isRecovery() ? " recoveries" : " releases")
                + ", however often one looks; the limit is 1 in "
                + FigureFormat.cases(judgement.failThreshold()) + ".";
    }

    private static String windows(FailBasis failBasis) {
        var voted =
                switch (failBasis.votingWindows()) {
                    case 1 -> "The only window voted";
                    case 2 -> "Both windows voted";
                    default -> "All " + failBasis.votingWindows() + " windows voted";
                };
        return voted
                + (failBasis.oneWindowSuffices()
                        ? "; the worst alone would have sufficed."
                        : "; the worst alone would not have sufficed.");
    }
}
