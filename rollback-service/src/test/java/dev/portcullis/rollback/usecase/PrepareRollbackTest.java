package dev.portcullis.rollback.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.rollback.lifecycle.Admission;
import dev.portcullis.rollback.lifecycle.Preparation;
import dev.portcullis.rollback.lifecycle.Preparations;
import dev.portcullis.rollback.lifecycle.Refusal;
import dev.portcullis.rollback.lifecycle.RefusedException;
import dev.portcullis.rollback.plan.Mode;
import dev.portcullis.rollback.plan.Obstacle;
import dev.portcullis.rollback.plan.Plan;
import dev.portcullis.rollback.plan.Readiness;
import dev.portcullis.rollback.plan.TargetObservation.NotRestored;
import dev.portcullis.rollback.plan.TargetObservation.Restored;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The first click. */
final class PrepareRollbackTest {
    private final MemoryRollbacks store = new MemoryRollbacks();
    private final ScriptedTarget router = new ScriptedTarget("router").shows(new NotRestored("30% on canary"));
    private final ScriptedTarget pods = new ScriptedTarget("pods").shows(new NotRestored("2 of 3 pods"));
    private final ManualClock clock = new ManualClock();
    private final List<Preparation> kept = new ArrayList<>();
    private Optional<Plan> plan = Optional.of(SampleRollbacks.plan(SampleRollbacks.CHECK, "router", "pods"));
    private final PrepareRollback prepare = new PrepareRollback(
            (service, mode) -> plan, List.of(router, pods), store, keeping(), clock, UUID::randomUUID);

    private Preparations keeping() {
        return new Preparations() {
            @Override
            public void keep(Preparation preparation) {
                kept.add(preparation);
            }

            @Override
            public Optional<Preparation> find(UUID token) {
                return kept.stream()
                        .filter(preparation -> preparation.token().equals(token))
                        .findFirst();
            }

            @Override
            public void forget(Instant expiredBefore) {
                kept.removeIf(preparation -> preparation.expireTime().isBefore(expiredBefore));
            }
        };
    }

    private Preparation prepare(boolean allowRestored) {
        return prepare.prepare(new PrepareRollback.Request(SampleRollbacks.ORDER, Mode.LIVE, "alice", allowRestored));
    }

    private RefusedException refused(Refusal refusal) {
        var refused = assertThrows(RefusedException.class, () -> prepare(false));
        assertEquals(refusal, refused.refusal());
        assertEquals(List.of(), kept);
        assertEquals(List.of(), store.versions);
        assertEquals(List.of(), router.keys);
        return refused;
    }

    @Test
    void whatWouldBeDoneIsPinnedAndKeptUnderAToken() {
        var prepared = prepare(false);
        assertEquals(List.of(prepared), kept);
        assertEquals(Duration.ofMinutes(10), Duration.between(prepared.createTime(), prepared.expireTime()));
        assertEquals("old", prepared.plan().stages().getFirst().target().required("pinned"));
        assertTrue(prepared.plan().stages().getFirst().routesTraffic());
        assertEquals("2 of 3 pods", prepared.outlooks().getLast().now().text());
        assertEquals("apply checkout", prepared.outlooks().getLast().command());
    }

    @Test
    void aServiceWithoutTargetIsRefused() {
        plan = Optional.empty();
        assertEquals("checkout", refused(Refusal.NO_ROLLBACK_TARGET).about().get("service"));
    }

    @ParameterizedTest
    @EnumSource(Obstacle.class)
    void anObstacleAtAnyStageIsARefusalOfItsOwnName(Obstacle obstacle) {
        pods.readiness = Optional.of(new Readiness.Blocked(obstacle, "the reason"));
        var refused = refused(Refusal.valueOf(obstacle.name()));
        assertEquals("pods default/shop/checkout: the reason; nothing was started", refused.getMessage());
    }

    @Test
    void anOptionalStageThatCannotBePreparedIsLeftOutAndSaidSo() {
        var flag = new ScriptedTarget("flag?").shows(new NotRestored("on"));
        for (var readiness : List.of(
                new Readiness.Blocked(Obstacle.TARGET_NOT_FOUND, "no such flag"),
                new Readiness.Unreachable("no answer"))) {
            flag.readiness = Optional.of(readiness);
            plan = Optional.of(SampleRollbacks.plan(SampleRollbacks.CHECK, "flag?", "router"));
            var prepared = new PrepareRollback(
                            (service, mode) -> plan, List.of(flag, router), store, keeping(), clock, UUID::randomUUID)
                    .prepare(new PrepareRollback.Request(SampleRollbacks.ORDER, Mode.LIVE, "alice", false));
            assertEquals("router", prepared.plan().targets());
            var warning = prepared.outlooks().getFirst().preconditions().getFirst();
            assertEquals("OPTIONAL_STAGE_POSSIBLE", warning.id());
            assertTrue(warning.text().startsWith("left out: no "), warning.text());
        }
    }

    @Test
    void ofOptionalStagesAloneOneHasToBePossible() {
        var flag = new ScriptedTarget("flag?");
        flag.readiness = Optional.of(new Readiness.Unreachable("no answer"));
        plan = Optional.of(SampleRollbacks.plan(SampleRollbacks.CHECK, "flag?"));
        var alone =
                new PrepareRollback((service, mode) -> plan, List.of(flag), store, keeping(), clock, UUID::randomUUID);
        var request = new PrepareRollback.Request(SampleRollbacks.ORDER, Mode.LIVE, "alice", false);
        var refused = assertThrows(RefusedException.class, () -> alone.prepare(request));
        assertEquals(Refusal.TARGET_UNREACHABLE, refused.refusal());
    }

    @Test
    void aTargetThatCannotBeLookedAtIsRefusedForNow() {
        pods.readiness = Optional.of(new Readiness.Unreachable("no answer within 5 s"));
        refused(Refusal.TARGET_UNREACHABLE);
    }

    @Test
    void whatIsRestoredAlreadyIsRefusedUnlessOnlyRecoveryIsWanted() {
        router.shows(new Restored("all on stable"));
        pods.shows(new Restored("3 of 3 pods"));
        refused(Refusal.ALREADY_RESTORED);
        assertTrue(prepare(true).outlooks().getFirst().restored());
    }

    @Test
    void oneStageThatIsNotRestoredIsEnough() {
        router.shows(new Restored("all on stable"));
        assertEquals(1, List.of(prepare(false)).size());
    }

    @Test
    void anActiveRollbackStandsInTheWay() {
        var active = SampleRollbacks.planned(clock.now, Mode.LIVE, SampleRollbacks.CHECK, "pods");
        store.inTheWay = Optional.of(new Admission.ServiceBusy(active));
        assertEquals(
                active.name(), refused(Refusal.ROLLBACK_IN_PROGRESS).about().get("rollback"));
        store.inTheWay = Optional.of(new Admission.TargetBusy(active, "pods default/shop/checkout"));
        assertEquals(
                "pods default/shop/checkout",
                refused(Refusal.TARGET_BUSY).about().get("target"));
    }
}
