package dev.portcullis.standalone.drill;

import com.google.protobuf.Timestamp;
import dev.portcullis.proto.rollback.v1.Rollback;
import dev.portcullis.proto.rollback.v1.RollbackStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A rollback that is followed, as lines for people: each step that has ended, and what is waited for. A line is told once. Not thread-safe. */
final class StepLines {
    private int told;
    private String lastDetail = "";

    /** What is new in this version of the rollback. */
    List<String> of(Rollback now) {
        List<String> lines = new ArrayList<>();
        for (; told < now.getStepsCount() && now.getSteps(told).hasEndTime(); told++) {
            lines.add(ended(now, now.getSteps(told)));
            lastDetail = text(now.getSteps(told));
        }
        if (!now.hasEndTime() && !now.getDetail().equals(lastDetail)) {
            lines.add(line(now, now.getUpdateTime(), now.getDetail()));
            lastDetail = now.getDetail();
        }
        return lines;
    }

    private static String ended(Rollback now, RollbackStep step) {
        var name = (step.getTarget() + " " + step.getKind()).strip();
        var how = step.getState() == RollbackStep.State.DONE ? ": " : " given up: ";
        return line(now, step.getEndTime(), name + how + text(step));
    }

    /** What ended a step: what was seen after its last try or, when nothing was left to do, before. */
    private static String text(RollbackStep step) {
        var foundDone = step.getState() == RollbackStep.State.DONE
                && step.getKind().equals("apply")
                && step.getEffect() != RollbackStep.Effect.CHANGED;
        return foundDone ? "found done: " + step.getSeenBefore() : step.getSeenAfter();
    }

    private static String line(Rollback now, Timestamp at, String text) {
        return String.format(Locale.ROOT, "  %8s %s", Elapsed.seconds(Elapsed.between(now.getCreateTime(), at)), text);
    }
}
