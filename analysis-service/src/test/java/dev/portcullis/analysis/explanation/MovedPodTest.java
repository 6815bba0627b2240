package dev.portcullis.analysis.explanation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.run.MeasuringStatus;
import org.junit.jupiter.api.Test;

/** A process that was one version a moment ago is not another one now. */
final class MovedPodTest {
    private final ScriptedRun told = new ScriptedRun(ScriptedRun.SETTINGS, "old", ScriptedRun.AVAILABILITY)
            .serve("a", 0, 10)
            .serve("stable", 0, 20)
            .serve("stable-2", 0, 0)
            .poll();

    @Test
    void aPodThatChangesItsArmIsCountedForNeitherUntilItHasStayed() {
        serve().swap("stable");
        for (int i = 0; i < 9; i++) {
            serve();
            assertEquals(MeasuringStatus.State.UNREACHABLE, state(), told.text());
        }
        assertTrue(
                told.text()
                        .contains("pod stable has the label of the canary and had that of the stable version at"
                                + " 2026-03-01T12:00:15Z"),
                told.text());
        assertEquals(new Counts(0, 1_000), told.run.counts("availability").canary());
        serve();
        assertEquals(MeasuringStatus.State.MEASURING, state(), told.text());
        assertEquals(
                new Counts(0, 11_000), told.run.counts("availability").canary(), "what stable served is not counted");
        serve();
        assertEquals(new Counts(500, 17_000), told.run.counts("availability").canary());
    }

    @Test
    void theAddressOfAPodThatIsGoneMayBeTakenByAnother() {
        serve().swap("stable");
        told.serve("stable", -500, -4_500)
                .serve("a", 0, 1_000)
                .serve("stable-2", 0, 1_000)
                .poll();
        assertEquals(MeasuringStatus.State.MEASURING, state(), told.text());
    }

    private ScriptedRun serve() {
        return told.serve("a", 0, 1_000)
                .serve("stable", 500, 5_000)
                .serve("stable-2", 0, 1_000)
                .poll();
    }

    private MeasuringStatus.State state() {
        return told.run.measurement().measuringStatus().state();
    }
}
