package dev.portcullis.gate.console.rollback;

import dev.portcullis.gate.rollback.RollbackProgress;
import dev.portcullis.kit.text.DurationText;
import dev.portcullis.kit.text.NumberText;
import java.time.Duration;
import java.time.Instant;

/**
 * A step of a rollback on its page.
 *
 * @param name what it does
 * @param state how it stands, in words
 * @param icon name of its icon
 * @param style class that colours it
 * @param length how long it took so far; empty before it began
 * @param tries how often it was tried; empty when once or never
 * @param before what was seen before; may be empty
 * @param after what was seen after; may be empty
 */
public record StepRow(
        String name,
        String state,
        String icon,
        String style,
        String length,
        String tries,
        String before,
        String after) {
    static StepRow of(RollbackProgress.Step step, Instant now) {
        var length = step.begin()
                .map(begin ->
                        DurationText.seconds(Duration.between(begin, step.end().orElse(now))))
                .orElse("");
        var tries = step.attempts() > 1 ? NumberText.counted(step.attempts(), "try", "tries") : "";
        return switch (step.state()) {
            case "DONE" ->
                new StepRow(name(step), "done", "promote", "tone-good", length, tries, step.before(), step.after());
            case "ACTIVE" ->
                new StepRow(name(step), "under way", "clock", "tone-wait", length, tries, step.before(), step.after());
            case "GIVEN_UP" ->
                new StepRow(name(step), "given up", "abort", "tone-bad", length, tries, step.before(), step.after());
            default ->
                new StepRow(name(step), "not begun", "hold", "tone-quiet", length, tries, step.before(), step.after());
        };
    }

    static String name(RollbackProgress.Step step) {
        return name(step.kind(), step.target());
    }

    /** The name of a step as rollback-service writes it into its record, as "istio apply". */
    static String name(String step) {
        var space = step.lastIndexOf(' ');
        return step.isEmpty() ? "" : name(step.substring(space + 1), space < 0 ? "" : step.substring(0, space));
    }

    private static String name(String kind, String target) {
        return switch (kind) {
            case "apply" -> target + ": give the traffic back";
            case "confirm" -> target + ": see that it is back";
            case "verify" -> "See that users recover";
            default -> (target + " " + kind).strip();
        };
    }
}
