package dev.portcullis.gate;

import static dev.portcullis.gate.testing.GateUnderTest.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.proto.gate.v1.Drill;
import dev.portcullis.proto.gate.v1.ListReleasesRequest;
import dev.portcullis.proto.gate.v1.Release;
import dev.portcullis.proto.rollback.v1.Rollback;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The last rehearsal of a service's rollback, as a release shows it. */
final class LastDrillIT {
    private static final Timestamp START =
            Timestamp.newBuilder().setSeconds(1_000).build();

    @AutoClose
    private final GateUnderTest gate = GateUnderTest.ofCheckout();

    private String release;

    @BeforeEach
    void openARelease() {
        release = gate.poll("c1").path("release").textValue();
    }

    private static Rollback.Builder drill(String name, String service) {
        return Rollback.newBuilder()
                .setName("rollbacks/" + name)
                .setService(service)
                .setMode(Rollback.Mode.STAGING)
                .setState(Rollback.State.RUNNING)
                .setDetail("telling webhook, try 1")
                .setCreateTime(START);
    }

    /** The first call to a cold process may take longer than a reader waits: the drill then shows at a later one. */
    private Drill shown() {
        Await.until("a drill is shown", LIMIT, () -> gate.release(release).hasLastDrill());
        return gate.release(release).getLastDrill();
    }

    @Test
    void getReleaseShowsTheNewestDrillOfItsServiceAndHowLongItTook() {
        var ended = drill("2", "checkout")
                .setState(Rollback.State.SUCCEEDED)
                .setDetail("users recovered")
                .setTrafficBackTime(Timestamp.newBuilder().setSeconds(1_002).setNanos(100_000_000))
                .setEndTime(Timestamp.newBuilder().setSeconds(1_003).setNanos(200_000_000));
        gate.rollback.drilled(
                drill("3", "cart").build(),
                ended.build(),
                drill("1", "checkout").build());
        assertEquals(
                Drill.newBuilder()
                        .setRollback("rollbacks/2")
                        .setMode("STAGING")
                        .setState("SUCCEEDED")
                        .setCreateTime(START)
                        .setDuration(Duration.newBuilder().setSeconds(3).setNanos(200_000_000))
                        .setTrafficBackAfter(Duration.newBuilder().setSeconds(2).setNanos(100_000_000))
                        .setDetail("users recovered")
                        .build(),
                shown());
        var listed = gate.grpc()
                .listReleases(ListReleasesRequest.getDefaultInstance())
                .getReleases(0);
        assertFalse(listed.hasLastDrill(), "a list asks nobody");
    }

    @Test
    void aDrillThatStillRunsHasNoTimesYet() {
        gate.rollback.drilled(drill("1", "checkout").build());
        var running = shown();
        assertEquals("RUNNING", running.getState());
        assertFalse(running.hasDuration());
        assertFalse(running.hasTrafficBackAfter());
    }

    @Test
    void withoutADrillOrWithoutAnswerTheReleaseIsToldAllTheSame() {
        assertFalse(gate.release(release).hasLastDrill(), "none was made");

        gate.rollback.drilled(drill("1", "checkout").build());
        shown();
        gate.rollback.loseRecord(true);
        assertTold("the record cannot be read");
        gate.rollback.loseRecord(false);
        shown();
        gate.rollbackServer.hang();
        assertTold("no answer in time");
        gate.rollbackServer.release();
        shown();
        gate.rollbackServer.stop();
        assertTold("nobody there");
    }

    private void assertTold(String how) {
        var told = gate.release(release);
        assertFalse(told.hasLastDrill(), how);
        assertEquals(Release.State.OPEN, told.getState(), how);
        assertTrue(told.hasLatestDecision(), how);
    }
}
