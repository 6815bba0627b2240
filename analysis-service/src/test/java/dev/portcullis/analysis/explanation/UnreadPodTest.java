package dev.portcullis.analysis.explanation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.judge.Verdict;
import dev.portcullis.analysis.metric.UnreadPod;
import dev.portcullis.analysis.run.MeasuringStatus;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A canary pod that cannot be read holds a PASS, and no FAIL. */
final class UnreadPodTest {
    private static final Instant BEGIN = ScriptedRun.BEGIN;

    private final ScriptedRun told = ScriptedRun.availability();

    @Test
    void oneThatStaysUnreadHoldsByNameAndIsWaitedForWhenItIsBack() {
        var unread = pod(Map.of("instance", "10.0.0.7:80", "hash", "new"));
        told.unread(unread);
        healthy(2);
        assertEquals(MeasuringStatus.State.MEASURING, state(), "it may just be starting");
        healthy(2);
        assertEquals(MeasuringStatus.State.UNREACHABLE, state());
        assertTrue(told.text().contains("10.0.0.7:80: status 500; the others are counted"), told.text());
        told.unread(unread.backAt(BEGIN.plusSeconds(75)));
        healthy(2);
        assertEquals(MeasuringStatus.State.UNREACHABLE, state());
        healthy(1);
        assertEquals(MeasuringStatus.State.MEASURING, state());
    }

    @Test
    void oneThatIsReadAgainAndAgainHoldsNothing() {
        var unread = pod(Map.of("instance", "10.0.0.7:80", "hash", "new"));
        for (int t = 0; t < 10; t++) {
            var since = new UnreadPod(unread.labels(), unread.why(), BEGIN.plusSeconds(15L * (t + 1)), null);
            told.unread(t % 2 == 0 ? since : since.backAt(since.since().plusSeconds(15)));
            healthy(1);
            assertEquals(MeasuringStatus.State.MEASURING, state());
        }
    }

    @Test
    void aShortFailureMakesNobodyForgetALongOne() {
        var unread = pod(Map.of("instance", "10.0.0.7:80", "hash", "new"));
        var again = new UnreadPod(unread.labels(), unread.why(), BEGIN.plusSeconds(75), null);
        told.unread(unread);
        healthy(3);
        told.unread(unread.backAt(BEGIN.plusSeconds(60)), again);
        healthy(2);
        assertEquals(MeasuringStatus.State.UNREACHABLE, state());
    }

    @Test
    void theOthersMayStillFail() {
        told.unread(pod(Map.of("instance", "10.0.0.7:80")));
        while (told.run.isRunning()) {
            told.poll(3_000, 30_000, 1, 270_000);
        }
        assertEquals(Verdict.FAIL, told.run.status().verdict());
    }

    @Test
    void oneOfTheStableVersionHoldsNothing() {
        told.unread(pod(Map.of("instance", "10.0.0.8:80", "hash", "old")));
        healthy(5);
        assertEquals(MeasuringStatus.State.MEASURING, state());
        assertEquals(Verdict.PASS, told.run.status().verdict());
    }

    @Test
    void aBaselineOfWhichNothingCouldBeReadIsNotOneThatServesNothing() {
        var blind = new ScriptedRun(ScriptedRun.SETTINGS, "old", ScriptedRun.AVAILABILITY);
        blind.unread(pod(Map.of("instance", "10.0.0.8:80")));
        for (int i = 0; i < 4; i++) {
            blind.serve("a", 3_000, 30_000).poll();
        }
        assertEquals(
                MeasuringStatus.State.UNREACHABLE,
                blind.run.measurement().measuringStatus().state());
        assertTrue(blind.text().contains("no series of the stable version could be read"), blind.text());
        assertEquals(0, blind.run.measurement().windowCount());
    }

    private static UnreadPod pod(Map<String, String> labels) {
        return new UnreadPod(labels, labels.get("instance") + ": status 500", BEGIN, null);
    }

    private void healthy(int polls) {
        for (int i = 0; i < polls; i++) {
            told.poll(0, 30_000, 1, 270_000);
        }
    }

    private MeasuringStatus.State state() {
        return told.run.measurement().measuringStatus().state();
    }
}
