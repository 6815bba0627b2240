package dev.portcullis.launcher.drill;

import com.google.protobuf.Timestamp;
import dev.portcullis.proto.rollback.v1.Rollback;
import dev.portcullis.proto.rollback.v1.RollbackStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A rollback that is followed, as lines for people: each step that has ended, and what is waited for. A line is told once. Not thread-safe. */
final class StepLines {
    private int told;
    private String lastDetail = "";

    /** What is new in this version of the rollback. */
    List<String> of(Rollback now) {
        List<String> lines = new ArrayList<>();
        for (; told < now.getStepsCount() && now.getSteps(told).hasEndTime(); told++) {
            var step = now.getSteps(told);
            lines.add(ended(now, step));
            if (endsWith(now.getDetail(), step)) {
                lastDetail = now.getDetail();
            }
        }
        if (!now.hasEndTime() && !now.getDetail().equals(lastDetail)) {
            lines.add(line(now, now.getUpdateTime(), now.getDetail()));
            lastDetail = now.getDetail();
        }
        return lines;
    }

    /** Whether the rollback's detail is the end of this step, which has a line already. */
    private static boolean endsWith(String detail, RollbackStep step) {
        return detail.equals(step.getSeenAfter()) || detail.equals("found done: " + step.getSeenBefore());
    }

    private static String ended(Rollback now, RollbackStep step) {
        var name = (step.getTarget() + " " + step.getKind()).strip();
        var how = step.getState() == RollbackStep.State.DONE ? ": " : " given up: ";
        var seen = Stream.of(step.getSeenBefore(), step.getSeenAfter())
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(" -> "));
        return line(now, step.getEndTime(), name + how + seen);
    }

    private static String line(Rollback now, Timestamp at, String text) {
        return String.format(
                Locale.ROOT, "  %8s %s", ElapsedText.seconds(ElapsedText.between(now.getCreateTime(), at)), text);
    }
}
