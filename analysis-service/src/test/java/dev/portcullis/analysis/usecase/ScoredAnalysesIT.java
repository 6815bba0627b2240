package dev.portcullis.analysis.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.portcullis.analysis.judge.InvalidPlanException;
import dev.portcullis.analysis.judge.Verdict;
import dev.portcullis.analysis.mannwhitney.MetricPlan;
import dev.portcullis.analysis.mannwhitney.ScoreOutcome;
import dev.portcullis.analysis.mannwhitney.ScorePlan;
import dev.portcullis.analysis.run.AnalysisState;
import dev.portcullis.analysis.run.RunFilter;
import dev.portcullis.analysis.run.RunJudge;
import dev.portcullis.analysis.slo.ScoreSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ScoredAnalysesIT {
    private static final List<Duration> LOOKS = List.of(Duration.ofMinutes(15), Duration.ofMinutes(30));

    private final World world = new World();

    @BeforeEach
    void chooseTheJudge() {
        ScorePlan plan =
                new ScorePlan(0.25, 0.98, 30, 95, 75, Map.of(), List.of(MetricPlan.badRatio("checkout-availability")));
        world.configure(World.SETTINGS.withScore(new ScoreSettings(plan, LOOKS)));
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aBadCanaryFailsAtTheFirstLookAndNotBefore() {
        var run = world.start();
        world.pollBad(59);
        assertEquals(Verdict.CONTINUE, world.read(run).status().verdict());
        assertEquals(Verdict.FAIL, world.read(run).judgement().verdict(), "the sequential tests know long before");
        world.pollBad(1);
        var failed = world.read(run);
        assertEquals(AnalysisState.CONCLUDED, failed.status().state());
        assertEquals(Verdict.FAIL, failed.status().verdict());
        assertEquals(ScoreOutcome.FAIL, failed.assessment().score().judgement().outcome());
    }

    @Test
    void aHealthyCanaryPassesAtTheDeadlineAndNotBefore() {
        var run = world.start();
        world.pollHealthy(119);
        assertEquals(Verdict.CONTINUE, world.read(run).status().verdict());
        world.pollHealthy(1);
        var passed = world.read(run);
        assertEquals(AnalysisState.CONCLUDED, passed.status().state());
        assertEquals(Verdict.PASS, passed.status().verdict());
        assertEquals(passed.plan().deadline(), passed.assessment().passTime());
    }

    @Test
    void whatIsKeptCanBeRecomputedAfterARestart() {
        var run = world.start();
        world.pollHealthy(70);
        world.restart();
        world.pollBad(10);
        var kept = world.read(run);
        var windows = world.replica().get.windows(kept);
        assertEquals(1, kept.assessment().score().looks());
        assertEquals(RunJudge.assess(windows, kept.plan(), Map.of()), kept.assessment());
    }

    @Test
    void anAnalysisThatCouldBeMeasuredForTooShortATimeIsInconclusive() {
        var run = world.start();
        world.pollHealthy(20);
        world.reader.breakDown("connection refused");
        world.pollHealthy(100);
        var ended = world.read(run);
        assertEquals(AnalysisState.CONCLUDED, ended.status().state());
        assertEquals(Verdict.INCONCLUSIVE, ended.status().verdict());
        assertEquals(
                ScoreOutcome.UNDECIDED, ended.assessment().score().judgement().outcome());
        assertEquals(LOOKS.size(), ended.assessment().score().looks());
    }

    @Test
    void aReadingThatFailsAtTheDeadlineDoesNotCostTheLook() {
        var run = world.start();
        world.pollHealthy(118);
        world.reader.breakDown("connection refused");
        world.pollHealthy(2);
        var ended = world.read(run);
        assertEquals(AnalysisState.CONCLUDED, ended.status().state());
        assertEquals(Verdict.PASS, ended.status().verdict());
    }

    @Test
    void anAnalysisWithoutABaselineIsNotBegun() {
        var alone = new StartAnalysis.Request(null, "checkout", "new", null, false, "");
        var refused = assertThrows(
                InvalidPlanException.class, () -> world.replica().start.start(alone));
        assertEquals("baseline", refused.field());
        assertEquals(List.of(), world.replica().runs.list(new RunFilter(null, null), null, 10));
    }
}
