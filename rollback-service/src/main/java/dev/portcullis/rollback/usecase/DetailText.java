package dev.portcullis.rollback.usecase;

import dev.portcullis.kit.text.DurationText;
import dev.portcullis.rollback.lifecycle.Rollback;
import dev.portcullis.rollback.plan.Effect;
import java.time.Duration;
import java.util.stream.IntStream;

/** Numbers as people say them, for the detail of a rollback. */
final class DetailText {
    private DetailText() {}

    /** What has been done to the targets so far, as a sentence with a space behind. */
    static String done(Rollback rollback) {
        if (rollback.nothingChanged()) {
            return "Nothing was changed. ";
        }
        var changed = rollback.steps().stream()
                .filter(step -> step.effect() != Effect.NONE)
                .map(step ->
                        rollback.nameOf(step) + (step.effect() == Effect.CHANGED ? " (done)" : " (outcome unknown)"))
                .toList();
        return "Done so far: " + String.join(", ", changed) + ". ";
    }

    /** Which stages the chain went on without, as a sentence with a space behind. */
    static String without(Rollback rollback) {
        var left = IntStream.range(0, rollback.plan().stages().size())
                .filter(rollback::wentWithout)
                .mapToObj(stage -> rollback.plan().stages().get(stage).target().kind())
                .toList();
        return left.isEmpty() ? "" : "Not done: " + String.join(", ", left) + ", which the plan can do without. ";
    }

    /** A text as a sentence with a space behind, whether or not it ends as one. */
    static String sentence(String text) {
        return (text.endsWith(".") ? text : text + ".") + " ";
    }

    /** When users were off the bad revision, and whether that is within what was promised, as a sentence with a space behind. */
    static String trafficBack(Rollback rollback) {
        var status = rollback.status();
        var promised = rollback.plan().limits().trafficBackWithin();
        return status.trafficBackTime()
                .map(back -> Duration.between(status.createTime(), back))
                .map(took -> "Traffic was back after " + DurationText.seconds(took) + " (promised: "
                        + DurationText.seconds(promised) + (took.compareTo(promised) > 0 ? ", missed" : "") + "). ")
                .orElse("");
    }

    /** never, once, 2 times. */
    static String times(int count) {
        return switch (count) {
            case 0 -> "never";
            case 1 -> "once";
            default -> count + " times";
        };
    }
}
