package dev.portcullis.analysis.explanation;

import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.analysis.run.Findings;
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
        this.culprits = Suspect.of(run).stream()
                .filter(suspect -> suspect.test().culprit())
                .toList();
        this.worst = Suspect.foremost(run).orElseThrow();
        this.objective = new ObjectiveText(run, worst.objective());
    }

    static String of(AnalysisRun run) {
        var text = new FailText(run);
        var findings = Optional.ofNullable(run.assessment().findings());
        return (run.plan().isRecovery() ? "Not recovered: bad after " : "Bad after ") + Spoken.elapsed(run) + ": "
                + text.who() + ". " + text.worst.counts(run) + ". "
                + findings.flatMap(found -> SizeText.of(run, text.worst, found))
                        .map(size -> size + " ")
                        .orElse("")
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

    /** A canary beside a baseline that fails too is failed only for being far worse than it. */
    private String alike() {
        if (!worst.test().held()) {
            return "";
        }
        return Spoken.isAlike(run.counts(worst.objective().name()))
                ? "The " + BaselineText.name(run) + " failed too; at times, though not over the whole time, the "
                        + Spoken.subject(run) + " failed more than twice as often. "
                : "The " + BaselineText.name(run) + " fails too; the " + Spoken.subject(run)
                        + " fails more than twice as often. ";
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
