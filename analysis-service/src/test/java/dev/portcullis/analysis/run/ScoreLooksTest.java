package dev.portcullis.analysis.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.evidence.Observation;
import dev.portcullis.analysis.judge.InvalidPlanException;
import dev.portcullis.analysis.judge.Verdict;
import dev.portcullis.analysis.mannwhitney.Classification;
import dev.portcullis.analysis.mannwhitney.ScoreOutcome;
import dev.portcullis.analysis.metric.Buckets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ScoreLooksTest {
    private static final Observation HEALTHY = seen(10, 10);
    private static final Observation BAD = seen(50, 10);

    @Test
    void nothingIsJudgedBeforeTheFirstLook() {
        var assessment = assess(windows(119, BAD), false, 60);
        assertEquals(ScoreAssessment.NONE, assessment);
    }

    @Test
    void theDefaultIsOneLookAtTheDeadline() {
        var failed = assess(windows(120, BAD), false, 60);
        assertEquals(Verdict.FAIL, failed.verdict());
        assertEquals(1, failed.looks());
        assertEquals(ScorePlans.BEGIN.plus(Duration.ofMinutes(60)), failed.lookTime());
        assertEquals(Verdict.PASS, assess(windows(120, HEALTHY), false, 60).verdict());
    }

    @Test
    void anEarlierLookFailsACanaryButPassesNone() {
        assertEquals(Verdict.FAIL, assess(windows(60, BAD), false, 30, 60).verdict());
        var healthy = assess(windows(60, HEALTHY), false, 30, 60);
        assertEquals(Verdict.CONTINUE, healthy.verdict());
        assertEquals(ScoreOutcome.PASS, healthy.judgement().outcome());
        assertEquals(1, healthy.looks());
    }

    @Test
    void betweenTheLooksNothingChanges() {
        assertEquals(
                assess(windows(60, HEALTHY), false, 30, 60),
                assess(join(windows(60, HEALTHY), 59, BAD), false, 30, 60));
    }

    @Test
    void aFailureIsFinal() {
        var failed = assess(windows(60, BAD), false, 30, 60);
        assertEquals(failed, assess(join(windows(60, BAD), 60, HEALTHY), true, 30, 60));
    }

    @Test
    void theDeadlineIsLookedAtEvenIfTheLastWindowEndedBefore() {
        var windows = windows(110, HEALTHY);
        assertEquals(ScoreAssessment.NONE, assess(windows, false, 60));
        var over = assess(windows, true, 60);
        assertEquals(Verdict.PASS, over.verdict());
        assertEquals(windows.getLast().end(), over.lookTime());
    }

    @Test
    void withoutAnyWindowTheDeadlineIsUndecided() {
        var over = assess(List.of(), true, 60);
        assertEquals(Verdict.CONTINUE, over.verdict());
        assertEquals(ScoreOutcome.UNDECIDED, over.judgement().outcome());
        assertNull(over.lookTime());
    }

    @Test
    void aLookThatWasMissedIsHeldWithTheNextWindow() {
        // No reading between minute 29 and minute 45: the look due at 30 sees the window that ends then.
        List<Window> windows = new ArrayList<>(windows(58, BAD));
        windows.add(new Window(
                59,
                windows.getLast().end(),
                ScorePlans.BEGIN.plus(Duration.ofMinutes(45)),
                Map.of(ScorePlans.NAME, BAD),
                Map.of()));
        assertEquals(Verdict.FAIL, assess(windows, false, 30, 60).verdict());
    }

    @Test
    void anObjectiveThatCountedNothingIsNoData() {
        var empty = new ArrayList<Window>();
        for (var window : windows(120, HEALTHY)) {
            empty.add(new Window(window.index(), window.start(), window.end(), Map.of(), Map.of()));
        }
        var judgement = assess(empty, false, 60).judgement();
        assertEquals(Classification.NODATA, judgement.metrics().getFirst().classification());
    }

    @Test
    void ofALatencyTheRequestsSlowerThanTheThresholdAreCompared() {
        var counts = new Observation(List.of(BAD.at(0), HEALTHY.at(0)));
        var buckets = Map.of(ScorePlans.NAME, new Buckets(List.of(0.1, 0.25), 1, 0, List.of(0, 1)));
        var plan = ScorePlans.plan("old", 60);
        var looks = new ScoreLooks(plan, plan.settings().score(), buckets);
        assertEquals(Verdict.PASS, looks.assess(windows(120, counts), false).verdict());
        var faster = Map.of(ScorePlans.NAME, new Buckets(List.of(0.1, 0.25), 0, 0, List.of(0, 1)));
        assertEquals(
                Verdict.FAIL,
                new ScoreLooks(plan, plan.settings().score(), faster)
                        .assess(windows(120, counts), false)
                        .verdict());
    }

    @Test
    void withoutABaselineThereIsNothingToCompare() {
        var plan = ScorePlans.plan(null, 60);
        var refused = assertThrows(InvalidPlanException.class, () -> new RunJudge(plan, Map.of()));
        assertEquals("baseline", refused.field());
        assertEquals(
                "baseline is missing, must be given: the policy of service 'checkout' chooses judge mann-whitney, which can"
                        + " only compare",
                refused.getMessage());
    }

    @Test
    void theSequentialTestsRunBesideItAndDecideNothing() {
        var assessment = RunJudge.assess(windows(100, BAD), ScorePlans.plan("old", 60), Map.of());
        assertEquals(Verdict.FAIL, assessment.judgement().verdict());
        assertEquals(Verdict.CONTINUE, assessment.verdict());
        assertNull(assessment.failBasis());
    }

    private static ScoreAssessment assess(List<Window> windows, boolean over, int... lookMinutes) {
        return RunJudge.after(windows, ScorePlans.plan("old", lookMinutes), Map.of())
                .assess(over, () -> windows)
                .score();
    }

    private static List<Window> windows(int count, Observation each) {
        return join(List.of(), count, each);
    }

    private static List<Window> join(List<Window> windows, int count, Observation each) {
        var all = new ArrayList<>(windows);
        for (var i = windows.size(); i < windows.size() + count; i++) {
            all.add(new Window(
                    i + 1,
                    ScorePlans.BEGIN.plusSeconds(30L * i),
                    ScorePlans.BEGIN.plusSeconds(30L * (i + 1)),
                    Map.of(ScorePlans.NAME, each),
                    Map.of()));
        }
        return all;
    }

    private static Observation seen(double canary, double baseline) {
        return Observation.of(new ArmCounts(new Counts(canary, 1000), new Counts(baseline, 1000)));
    }
}
