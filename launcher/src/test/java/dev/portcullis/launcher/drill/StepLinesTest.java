package dev.portcullis.launcher.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.portcullis.proto.rollback.v1.Rollback;
import dev.portcullis.proto.rollback.v1.RollbackStep;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StepLinesTest {
    private static final long START = 1_700_000_000;

    private final StepLines lines = new StepLines();

    private static Timestamp at(double seconds) {
        return Timestamp.newBuilder()
                .setSeconds(START + (long) seconds)
                .setNanos((int) (Math.round(seconds * 10) % 10 * 100_000_000))
                .build();
    }

    private static Rollback.Builder rollback(double now, String detail) {
        return Rollback.newBuilder()
                .setService("checkout")
                .setState(Rollback.State.RUNNING)
                .setCreateTime(at(0))
                .setUpdateTime(at(now))
                .setTrafficBackWithin(Duration.newBuilder().setSeconds(60))
                .setDetail(detail);
    }

    private static RollbackStep.Builder step(String target, String kind) {
        return RollbackStep.newBuilder()
                .setTarget(target)
                .setKind(kind)
                .setState(RollbackStep.State.ACTIVE)
                .setEffect(RollbackStep.Effect.NONE);
    }

    private static RollbackStep ended(RollbackStep.Builder step, RollbackStep.State state, String seen, double end) {
        return step.setState(state).setSeenAfter(seen).setEndTime(at(end)).build();
    }

    @Test
    void whatIsWaitedForIsToldOnceAndEachStepWhenItHasEnded() {
        var apply = step("istio", "apply").setSeenBefore("weights are 90 and 10");
        assertEquals(
                List.of("     0.2 s telling istio, try 1"),
                lines.of(rollback(0.2, "telling istio, try 1").addSteps(apply).build()));
        assertEquals(
                List.of(),
                lines.of(rollback(0.4, "telling istio, try 1").addSteps(apply).build()));
        var done = ended(
                apply.setEffect(RollbackStep.Effect.CHANGED), RollbackStep.State.DONE, "weights are 100 and 0", 0.5);
        assertEquals(
                List.of("     0.5 s istio apply: weights are 90 and 10 -> weights are 100 and 0"),
                lines.of(rollback(0.5, "weights are 100 and 0").addSteps(done).build()));
        assertEquals(
                List.of("    61.3 s not restored yet: 4 % of the requests"),
                lines.of(rollback(61.3, "not restored yet: 4 % of the requests")
                        .addSteps(done)
                        .addSteps(step("istio", "confirm"))
                        .build()));
    }

    @Test
    void stepsThatEndedBetweenTwoVersionsAreAllTold() {
        var found = step("deployment", "apply").setSeenBefore("5f6b7 has every pod");
        var ended = rollback(0.4, "the rollback was taken back")
                .setState(Rollback.State.NEEDS_HUMAN)
                .setEndTime(at(0.4))
                .addSteps(ended(found, RollbackStep.State.DONE, "", 0.1))
                .addSteps(ended(step("deployment", "confirm"), RollbackStep.State.DONE, "5f6b7 has every pod", 0.2))
                .addSteps(ended(step("", "verify"), RollbackStep.State.GIVEN_UP, "7d9c8 is back", 0.4))
                .build();
        assertEquals(
                List.of(
                        "     0.1 s deployment apply: 5f6b7 has every pod",
                        "     0.2 s deployment confirm: 5f6b7 has every pod",
                        "     0.4 s verify given up: 7d9c8 is back"),
                lines.of(ended));
    }

    @Test
    void theLastLineIsTheTimeAndSaysWhenThePromiseWasMissed() {
        var ended = rollback(75, "users recovered")
                .setState(Rollback.State.SUCCEEDED)
                .setEndTime(at(75))
                .setTrafficBackTime(at(2.1));
        assertEquals(
                List.of(
                        "SUCCEEDED: users recovered",
                        "drill of checkout took 75 s, traffic back after 2.1 s (promised: 60 s)"),
                EndLines.of(ended.build()));
        assertEquals(
                "drill of checkout took 75 s, traffic back after 61 s (promised: 60 s, missed)",
                EndLines.of(ended.setTrafficBackTime(at(61)).build()).getLast());
        assertEquals(
                "drill of checkout took 75 s, traffic was not seen back (promised: 60 s)",
                EndLines.of(ended.clearTrafficBackTime().build()).getLast());
    }
}
