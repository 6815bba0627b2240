package dev.portcullis.gate.console.rollback;

import dev.portcullis.gate.console.ConsolePath;
import dev.portcullis.gate.console.Moment;
import dev.portcullis.gate.console.Sentences;
import dev.portcullis.gate.console.chart.StepChart;
import dev.portcullis.gate.rollback.RollbackProgress;
import dev.portcullis.kit.text.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A rollback as its page shows it.
 *
 * @param path of the page
 * @param release path of the release's page; empty when there is none
 * @param service the service
 * @param from the bad revision
 * @param to the good revision
 * @param mark how it stands
 * @param sentence what happened last
 * @param command what a person is to do next, as rollback-service says; empty when nothing
 * @param traffic how long users had to wait, beside the promise
 * @param kept whether the promise was kept so far
 * @param drill that it is a rehearsal, and of what kind; empty when it is none
 * @param begin when it was written down
 * @param caller who started it
 * @param reason why, sentence by sentence
 * @param steps in order
 * @param chart the steps over time, as SVG; empty before the first
 * @param record what was done and seen, oldest first
 * @param ended whether nothing more is done
 */
public record RollbackView(
        String path,
        Optional<String> release,
        String service,
        String from,
        String to,
        StateMark mark,
        String sentence,
        String command,
        String traffic,
        boolean kept,
        String drill,
        Moment begin,
        String caller,
        List<String> reason,
        List<StepRow> steps,
        Optional<String> chart,
        List<RecordLine> record,
        boolean ended) {
    private static final String NEXT = "Next: ";
    private static final String SERVICE = "rollback-service";

    /** Keeps its own copies. */
    public RollbackView {
        steps = List.copyOf(steps);
        reason = List.copyOf(reason);
        record = List.copyOf(record);
    }

    /**
     * How it stands at a glance.
     *
     * @param icon name of the icon
     * @param word rollback-service's word
     * @param style class that colours it
     */
    public record StateMark(String icon, String word, String style) {}

    /**
     * A line of the record.
     *
     * @param by who did or saw it; empty for rollback-service itself
     * @param step in which step; may be empty
     * @param text what
     */
    public record RecordLine(Moment moment, String by, String step, String text) {}

    /** The rollback as it is seen at a moment. */
    public static RollbackView of(RollbackProgress progress, Instant now) {
        var detail = progress.status().detail();
        var next = progress.status().needsPerson() ? detail.lastIndexOf(NEXT) : -1;
        return new RollbackView(
                path(progress.name()),
                release(progress),
                progress.service(),
                progress.from(),
                progress.to(),
                mark(progress.status().state()),
                sentence(next < 0 ? detail : detail.substring(0, next).strip()),
                next < 0 ? "" : detail.substring(next + NEXT.length()).strip(),
                traffic(progress, now),
                kept(progress, now),
                drill(progress.mode()),
                Moment.of(progress.begin(), now),
                progress.caller(),
                Sentences.of(progress.reason()),
                progress.steps().stream()
                        .map(step -> StepRow.of(step, end(progress, now)))
                        .toList(),
                chart(progress, end(progress, now)),
                progress.events().stream()
                        .map(event -> line(progress, event, now))
                        .toList(),
                progress.status().ended());
    }

    /** The page of a rollback: of "rollbacks/{uuid}". */
    public static String path(String name) {
        return ConsolePath.ROOT + "/" + name;
    }

    private static Instant end(RollbackProgress progress, Instant now) {
        return progress.end().orElse(now);
    }

    private static Optional<String> release(RollbackProgress progress) {
        return progress.release().startsWith("services/" + progress.service() + "/")
                ? Optional.of(ConsolePath.named(progress.service(), progress.release()))
                : Optional.empty();
    }

    private static StateMark mark(String state) {
        return switch (state) {
            case "SUCCEEDED" -> new StateMark("promote", state, "tone-good");
            case "NEEDS_HUMAN" -> new StateMark("person", state, "tone-bad");
            case "FAILED" -> new StateMark("abort", state, "tone-bad");
            case "CANCELLED" -> new StateMark("skip", state, "tone-quiet");
            default -> new StateMark("clock", state, "tone-wait");
        };
    }

    private static String traffic(RollbackProgress progress, Instant now) {
        var promise = progress.within()
                .map(within -> "; promised within " + DurationText.seconds(within))
                .orElse("");
        return progress.trafficBack()
                        .map(back -> "Traffic was back after "
                                + DurationText.seconds(Duration.between(progress.begin(), back)))
                        .orElseGet(() -> progress.status().ended()
                                ? "Traffic was not seen back"
                                : "Traffic is not back yet, after "
                                        + DurationText.seconds(Duration.between(progress.begin(), now)))
                + promise + ".";
    }

    /** Traffic that is not back counts as late once its time is over, or nothing more is done. */
    private static boolean kept(RollbackProgress progress, Instant now) {
        return progress.within()
                .map(within -> progress.begin().plus(within))
                .map(promised -> progress.trafficBack()
                        .map(back -> !back.isAfter(promised))
                        .orElse(!progress.status().ended() && !now.isAfter(promised)))
                .orElse(true);
    }

    private static String drill(String mode) {
        return switch (mode) {
            case "DRY_RUN" -> "A drill: targets are looked at, and nothing is changed.";
            case "STAGING" -> "A drill, against the targets of staging.";
            default -> "";
        };
    }

    private static Optional<String> chart(RollbackProgress progress, Instant now) {
        if (progress.steps().stream().allMatch(step -> step.begin().isEmpty())) {
            return Optional.empty();
        }
        var promise = progress.within()
                .map(within -> new StepChart.Promise(
                        "promised: traffic back in " + DurationText.seconds(within),
                        progress.begin().plus(within)));
        return Optional.of(new StepChart(
                        "Steps of the rollback",
                        progress.steps().stream().map(RollbackView::step).toList(),
                        progress.begin(),
                        now,
                        promise)
                .svg());
    }

    private static StepChart.Step step(RollbackProgress.Step step) {
        var kind =
                switch (step.state()) {
                    case "DONE" -> "done";
                    case "GIVEN_UP" -> "failed";
                    default -> "active";
                };
        return new StepChart.Step(StepRow.name(step), kind, step.begin(), step.end());
    }

    /** How long the traffic took is told beside it. */
    private static String sentence(String detail) {
        var text = detail.replaceFirst("\\s*Traffic was back after [^.]*(\\.\\d+[^.]*)?\\.$", "");
        return text.isEmpty() ? "" : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private static RecordLine line(RollbackProgress progress, RollbackProgress.Event event, Instant now) {
        return new RecordLine(
                Moment.of(event.time(), now), by(event.by()), StepRow.name(event.step()), text(progress, event));
    }

    /** The reason is told above, and stands in the first line once more. */
    private static String text(RollbackProgress progress, RollbackProgress.Event event) {
        var detail = event.detail();
        var reason = ": " + progress.reason();
        return !progress.reason().isEmpty() && detail.endsWith(reason)
                ? detail.substring(0, detail.length() - reason.length())
                : detail;
    }

    /** Which process of rollback-service it was is for its own record. */
    private static String by(String who) {
        return who.startsWith(SERVICE + " ") || who.equals(SERVICE) ? "" : who;
    }
}
