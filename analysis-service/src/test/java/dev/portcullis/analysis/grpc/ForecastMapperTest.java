package dev.portcullis.analysis.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.explanation.ScriptedRun;
import dev.portcullis.analysis.run.PreviousRelease;
import dev.portcullis.analysis.slo.BaselineChoice;
import dev.portcullis.proto.analysis.v1.BaselineKind;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Every 15 seconds a window, for four minutes. */
final class ForecastMapperTest {
    @Test
    void aPassIsForecastFromThePaceOfTheEvidence() {
        var told = ScriptedRun.availability();
        for (var i = 0; i < 4; i++) {
            told.poll(0, 1_400, 6, 14_000);
        }
        var message = AnalysisMapper.of(told.run);
        assertEquals(4, message.getForecast().getWindows());
        var grown = message.getEvidence().getPass();
        var missing = message.getEvidence().getPassThreshold() - grown;
        assertEquals(
                Math.round(15 * missing / (grown / 4)),
                message.getForecast().getTimeToPass().getSeconds());
        assertFalse(message.getForecast().hasTimeToFail(), "nothing speaks against it");
        assertFalse(message.hasShortage());
    }

    @Test
    void tooLittleTrafficIsToldWithWhatComesAndWhatIsNeeded() {
        var told = ScriptedRun.availability();
        for (var i = 0; i < 4; i++) {
            told.poll(0, 700, 3, 7_000);
        }
        var shortage = AnalysisMapper.of(told.run).getShortage();
        assertEquals("availability", shortage.getSlo());
        assertTrue(shortage.getAgainstBaseline());
        assertEquals(16 * 700, shortage.getComingRequests(), 1e-9);
        assertTrue(shortage.getNeededRequests() > shortage.getComingRequests());
    }

    @Test
    void whatIsDecidedHasNoOutlook() {
        var told = ScriptedRun.availability();
        while (told.run.isRunning()) {
            told.poll(60, 3_000, 10, 27_000);
        }
        var message = AnalysisMapper.of(told.run);
        assertFalse(message.hasForecast());
        assertFalse(message.hasShortage());
    }

    @Test
    void whatACanaryIsComparedWithIsTold() {
        var stable = PlanMapper.of(ScriptedRun.availability().run.plan());
        assertEquals(BaselineKind.STABLE_PODS, stable.getBaselineKind());
        assertFalse(stable.hasPreviousRelease());

        var named = AnalysisMapper.of(ScriptedRun.against(BaselineChoice.namedSet("role", "twin"), "twin").run);
        assertEquals(BaselineKind.NAMED_SET, named.getPlan().getBaselineKind());
        assertEquals("role", named.getPlan().getBaselineLabel());
        assertEquals("twin", named.getBaseline());

        var previous = new PreviousRelease(
                new UUID(0, 3),
                "5b6f4",
                Instant.parse("2026-02-27T08:00:00Z"),
                Map.of("availability", new Counts(12, 40_000)));
        var alone = PlanMapper.of(ScriptedRun.after(previous).run.plan());
        assertEquals(BaselineKind.NO_BASELINE, alone.getBaselineKind());
        assertEquals("analyses/" + new UUID(0, 3), alone.getPreviousRelease().getAnalysis());
        assertEquals("5b6f4", alone.getPreviousRelease().getCanary());
        assertEquals(1_772_179_200, alone.getPreviousRelease().getEndTime().getSeconds());
        assertEquals(12, alone.getPreviousRelease().getObjectives(0).getBad());
        assertEquals(40_000, alone.getPreviousRelease().getObjectives(0).getTotal());
    }
}
