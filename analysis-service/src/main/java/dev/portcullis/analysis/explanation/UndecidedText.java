package dev.portcullis.analysis.explanation;

import dev.portcullis.analysis.judge.ObjectiveEvidence;
import dev.portcullis.analysis.judge.PassShortage;
import dev.portcullis.analysis.judge.TestEvidence;
import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.kit.text.DurationText;
import dev.portcullis.kit.text.NumberText;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What is known of a canary that is not decided, and what a decision would take. */
final class UndecidedText {
    /** Evidence of at most 2 : 1 is what a healthy canary shows half of the time. */
    private static final double NOTHING = Math.log(2);

    /** Minutes; further ahead the pace says nothing. */
    private static final long MANY = 600;

    private final AnalysisRun run;
    private final String counts;

    private UndecidedText(AnalysisRun run) {
        this.run = run;
        this.counts = RankedTest.foremost(run).orElseThrow().counts(run);
    }

    static String running(AnalysisRun run) {
        var text = new UndecidedText(run);
        return "Not decided after " + Phrases.elapsed(run) + " (" + Phrases.windows(run) + "). " + text.counts + ". "
                + Phrases.silence(run) + Phrases.evidence(run) + SharedBreachText.of(run) + text.forecast();
    }

    static String atDeadline(AnalysisRun run) {
        var text = new UndecidedText(run);
        return text.over() + " (" + Phrases.windows(run) + "). " + text.counts + ". " + text.couldNotMeasure()
                + text.needed() + text.against() + SharedBreachText.of(run);
    }

    private String over() {
        var deadline = DurationText.rounded(run.plan().settings().timing().deadline());
        return run.plan().isRecovery()
                ? "Recovery not shown within " + deadline
                : "The deadline of " + deadline + " passed undecided";
    }

    /** Which way it goes at the present pace, and when it would be there. */
    private String forecast() {
        var judgement = run.judgement();
        var pace = run.assessment().pace();
        if (judgement.passEvidence() >= judgement.passThreshold()) {
            return heldBack();
        }
        var toFail = time(pace.windowsToFail(judgement)).filter(left -> left.compareTo(untilDeadline()) <= 0);
        var toPass = time(pace.windowsToPass(judgement));
        if (toFail.isPresent() && (toPass.isEmpty() || toFail.get().compareTo(toPass.get()) < 0)) {
            return " If it goes on like this, the " + Phrases.subject(run) + " fails in " + minutes(toFail.get()) + ".";
        }
        var shortage = run.assessment().shortage();
        return shortage == null ? toPass.map(this::untilPass).orElse("") : tooLittle(shortage);
    }

    private String untilPass(Duration left) {
        return " If it goes on like this, a PASS takes " + minutes(left) + " more"
                + (left.compareTo(untilDeadline()) > 0 ? ", which is after the deadline." : ".");
    }

    private String tooLittle(PassShortage shortage) {
        return " With this traffic a PASS cannot be reached before the deadline: "
                + PassShortageText.takes(run, shortage)
                + ", and "
                + FigureFormat.about(shortage.coming())
                + " will have come. More traffic, a measured cluster size or a later deadline help.";
    }

    private String heldBack() {
        var bake = run.plan().settings().timing().bake();
        var left = bake.minus(run.assessment().baked());
        return left.isPositive()
                ? " That suffices for a PASS, which is given when the " + Phrases.subject(run)
                        + " has served requests for the bake time of " + DurationText.rounded(bake) + "; "
                        + DurationText.rounded(left) + " of it are left."
                : " That would suffice for a PASS, but the evidence against the " + Phrases.subject(run)
                        + " is too strong to give it.";
    }

    private Optional<Duration> time(OptionalDouble windows) {
        var window = run.plan().settings().timing().window();
        return windows.isPresent()
                ? Optional.of(Duration.ofMillis((long) Math.min(window.toMillis() * windows.getAsDouble(), 1e12)))
                : Optional.empty();
    }

    private Duration untilDeadline() {
        return Duration.between(run.status().updateTime(), run.plan().deadline());
    }

    /** A forecast has no seconds to give. */
    private static String minutes(Duration time) {
        var minutes = Math.max(1, Math.ceilDiv(time.toSeconds(), 60));
        return minutes > MANY ? "many hours" : "about " + NumberText.counted((int) minutes, "minute");
    }

    /** What kept the canary from a PASS. */
    private String needed() {
        var judgement = run.judgement();
        if (judgement.passEvidence() >= judgement.passThreshold()) {
            return "The evidence that it is good enough was sufficient, but never while the evidence against it was as weak as a PASS requires. ";
        }
        var shortage = run.assessment().shortage();
        if (shortage != null) {
            return "Too few requests (" + FigureFormat.about(shortage.coming()) + ") to show that it is good enough: "
                    + PassShortageText.takes(run, shortage) + ". ";
        }
        return limiting()
                .map(test -> "There was too little evidence that it is good enough: " + test + " reached "
                        + FigureFormat.odds(judgement.passEvidence()) + " of the "
                        + FigureFormat.odds(judgement.passThreshold())
                        + " needed. " + more())
                .orElse("");
    }

    private String more() {
        var pace = run.assessment().pace();
        return time(pace.windowsToPass(run.judgement()))
                .map(left -> "At the pace of the last " + NumberText.counted(pace.windows(), "window")
                        + " it would have taken " + minutes(left) + " more. ")
                .orElse("It had stopped growing: the " + Phrases.subject(run)
                        + " is neither clearly within the tolerated limits nor clearly beyond them. ");
    }

    /** The gating test whose PASS evidence is smallest. */
    private Optional<String> limiting() {
        var objectives = run.judgement().objectives();
        return IntStream.range(0, objectives.size())
                .mapToObj(objectives::get)
                .filter(objective -> objective.weight() > 0)
                .min(Comparator.comparingDouble(UndecidedText::leastPass))
                .map(objective -> objective.name()
                        + (pass(objective.slo()) <= pass(objective.baseline())
                                ? " against its SLO"
                                : " against the " + BaselineText.name(run)));
    }

    private static double leastPass(ObjectiveEvidence objective) {
        return Math.min(pass(objective.slo()), pass(objective.baseline()));
    }

    private static double pass(@Nullable TestEvidence test) {
        return test == null ? Double.POSITIVE_INFINITY : test.pass().orElse(Double.POSITIVE_INFINITY);
    }

    private String against() {
        var judgement = run.judgement();
        var evidence = FigureFormat.odds(judgement.failEvidence());
        return judgement.failEvidence() <= NOTHING && SharedBreachText.of(run).isEmpty()
                ? "Nothing speaks against the " + Phrases.subject(run) + " (evidence " + evidence + ")."
                : "Evidence against the " + Phrases.subject(run) + " " + evidence + " (fails at "
                        + FigureFormat.odds(judgement.failThreshold()) + ").";
    }

    private String couldNotMeasure() {
        var measuringStatus = run.measurement().measuringStatus();
        return switch (measuringStatus.state()) {
            case MEASURING -> "";
            case NO_DATA ->
                run.plan().isRecovery() || run.measurement().totals().lastRequest() != null
                        ? Phrases.capitalized(Phrases.sentence(measuringStatus.detail())) + " "
                        : "";
            case UNREACHABLE -> Phrases.sentence("The last reading failed: " + measuringStatus.detail()) + " ";
        };
    }
}
