package dev.portcullis.analysis.explanation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.metric.CounterReading;
import dev.portcullis.analysis.metric.ObjectiveCounters;
import dev.portcullis.analysis.metric.PodCounters;
import dev.portcullis.analysis.metric.RatioNumerator;
import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.analysis.run.AnalysisState;
import dev.portcullis.analysis.run.Poll;
import dev.portcullis.analysis.run.ScorePlans;
import dev.portcullis.analysis.run.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class ScoreTextTest {
    private final List<Window> windows = new ArrayList<>();
    private AnalysisRun run = AnalysisRun.begin(new UUID(0, 7), ScorePlans.plan("old", 30, 60));
    private int polls;
    private double canaryBad;
    private double baselineBad;

    /** Polls so often, in each interval 500 requests per arm, so many of them bad. */
    private void poll(int times, double ofCanary, double ofBaseline) {
        for (var i = 0; i < times; i++) {
            canaryBad += ofCanary;
            baselineBad += ofBaseline;
            take(new CounterReading.Counters(Map.of(
                    ScorePlans.NAME,
                    new ObjectiveCounters(
                            RatioNumerator.BAD, Map.of("a", pod(canaryBad)), Map.of("b", pod(baselineBad))))));
        }
    }

    private PodCounters pod(double bad) {
        return PodCounters.ofRatio(Map.of("{}", bad), Map.of("{}", 500.0 * polls));
    }

    private void take(CounterReading reading) {
        var poll = Poll.of(run, reading, ScorePlans.BEGIN.plusSeconds(15L * polls), () -> windows);
        polls++;
        run = poll.run();
        windows.addAll(poll.closed());
    }

    @Test
    void beforeTheFirstLookItSaysWhenThatIs() {
        poll(21, 5, 5);
        assertEquals(
                "Not decided after 5 min (10 windows): the Mann-Whitney judge looks 30 min after the beginning, and judges"
                        + " nothing before. This judge states no error bound. The sequential tests, for comparison: "
                        + Phrases.evidence(run),
                Explanation.of(run));
    }

    @Test
    void afterALookItTellsTheScoreEachMetricAndTheNextLook() {
        poll(125, 5, 5);
        assertEquals(
                "Not decided after 31 min (62 windows), at look 1 of 2 of the Mann-Whitney judge: score 100 of 100 (PASS from"
                        + " 95, FAIL below 75). availability is PASS, no change that counts: bad ratio 0 (98 % interval 0 to 0),"
                        + " on average 1 times the baseline's. It next looks 1 h after the beginning. This judge states no error"
                        + " bound. The sequential tests, for comparison: "
                        + Phrases.evidence(run),
                Explanation.of(run));
    }

    @Test
    void aFailureIsToldWithTheNumbersItRestsOn() {
        poll(121, 20, 5);
        assertEquals(AnalysisState.CONCLUDED, run.status().state());
        assertTrue(
                Explanation.of(run)
                        .startsWith(
                                "Bad at look 1 of 2 of the Mann-Whitney judge: score 0 of 100 (PASS from 95, FAIL below"
                                        + " 75). availability is HIGH, significantly higher than the baseline: bad ratio +0.03 (98 %"
                                        + " interval +0.03 to +0.03), on average 4 times the baseline's. This judge states no error bound."),
                Explanation.of(run));
    }

    @Test
    void aPassIsNotCalledProof() {
        poll(241, 5, 5);
        assertTrue(
                Explanation.of(run)
                        .startsWith("Good enough at look 2 of 2 of the Mann-Whitney judge: score 100 of 100"),
                Explanation.of(run));
        assertTrue(Explanation.of(run).contains("This judge states no error bound."));
    }

    @Test
    void anUndecidedDeadlineIsToldWithWhatWasMissing() {
        poll(1, 0, 0);
        for (var i = 0; i < 240; i++) {
            take(new CounterReading.Unreachable("connection refused"));
        }
        assertEquals(
                "The deadline of 1 h passed undecided, at look 2 of 2 of the Mann-Whitney judge: score between 0 and 100 of 100"
                        + " (PASS from 95, FAIL below 75), undecided: availability. availability is NODATA, 0 of 0 windows with"
                        + " requests of the canary, 0 of 0 of the baseline; needed 50 each. This judge states no error bound. The"
                        + " sequential tests, for comparison: "
                        + Phrases.evidence(run),
                Explanation.of(run));
    }

    @Test
    void whatCannotBeMeasuredIsToldFirst() {
        poll(21, 5, 5);
        take(new CounterReading.Unreachable("connection refused"));
        assertTrue(
                Explanation.of(run).startsWith("Cannot measure at the moment: connection refused."),
                Explanation.of(run));
    }
}
