package dev.portcullis.analysis.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.explanation.ToldRun;
import org.junit.jupiter.api.Test;

/** Every 15 seconds a window, for four minutes. */
final class OutlookMessagesTest {
    @Test
    void aPassIsForecastFromThePaceOfTheEvidence() {
        var told = ToldRun.availability();
        for (var i = 0; i < 4; i++) {
            told.poll(0, 1_400, 6, 14_000);
        }
        var message = AnalysisMessages.of(told.run);
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
        var told = ToldRun.availability();
        for (var i = 0; i < 4; i++) {
            told.poll(0, 700, 3, 7_000);
        }
        var shortage = AnalysisMessages.of(told.run).getShortage();
        assertEquals("availability", shortage.getSlo());
        assertTrue(shortage.getAgainstBaseline());
        assertEquals(16 * 700, shortage.getComingRequests(), 1e-9);
        assertTrue(shortage.getNeededRequests() > shortage.getComingRequests());
    }

    @Test
    void whatIsDecidedHasNoOutlook() {
        var told = ToldRun.availability();
        while (told.run.isRunning()) {
            told.poll(60, 3_000, 10, 27_000);
        }
        var message = AnalysisMessages.of(told.run);
        assertFalse(message.hasForecast());
        assertFalse(message.hasShortage());
    }
}
