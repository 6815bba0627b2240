package dev.portcullis.analysis.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Duration;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.Judge;
import dev.portcullis.proto.analysis.v1.MetricResult.Bearing;
import dev.portcullis.proto.analysis.v1.MetricResult.Classification;
import dev.portcullis.proto.analysis.v1.ScorePlan;
import dev.portcullis.proto.analysis.v1.ScoreResult.Outcome;
import dev.portcullis.proto.analysis.v1.Verdict;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** analysis-service as it runs, with a policy that chooses the Mann-Whitney judge. */
@Execution(ExecutionMode.CONCURRENT) // each test waits most of its time
final class ScoredAnalysisIT {
    private static final java.time.Duration SOON = java.time.Duration.ofSeconds(60);

    private AnalysisFixture fixture;

    @BeforeEach
    void open(@TempDir Path folder) {
        fixture = new AnalysisFixture(folder, TestDatabase.fresh(), AnalysisFixture.SCORED_POLICY);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void theScoreShowsInTheAnalysis() {
        fixture.canaryFails(300);
        var began = fixture.start();
        assertEquals(Judge.MANN_WHITNEY, began.getPlan().getJudge());
        assertEquals(plan(), began.getPlan().getScore());
        assertFalse(began.hasScore(), "no look was held yet");
        var ended = ended(began);
        assertEquals(Verdict.FAIL, ended.getVerdict());
        var score = ended.getScore();
        assertEquals(Outcome.FAIL, score.getOutcome());
        assertEquals(0, score.getHighestScore());
        // On a slow machine the first look has too few windows, and the last one decides.
        assertTrue(score.getLooks() == 1 || score.getLooks() == 2);
        assertTrue(score.hasLookTime());
        assertEquals("default", score.getGroups(0).getName());
        assertEquals(100, score.getGroups(0).getWeight());
        var metric = score.getMetrics(0);
        assertEquals("checkout-availability", metric.getSlo());
        assertEquals(Classification.HIGH, metric.getClassification());
        assertEquals(Bearing.CRITICAL, metric.getBearing());
        assertEquals(0.1, metric.getCanary().getMeanRatio(), 1e-9);
        assertEquals(0.1, metric.getShift().getEstimate(), 1e-9);
        assertTrue(metric.getShift().getLower() > 0);
        assertFalse(metric.hasEffect(), "the baseline has no bad request, so there is no ratio of means");
        assertTrue(ended.getExplanation().contains("This judge states no error bound."), ended.getExplanation());
    }

    @Test
    void aHealthyCanaryPassesAtTheDeadline() {
        var ended = ended(fixture.start());
        assertEquals(Verdict.PASS, ended.getVerdict());
        assertEquals(Outcome.PASS, ended.getScore().getOutcome());
        assertEquals(2, ended.getScore().getLooks());
        assertEquals(100, ended.getScore().getLowestScore());
    }

    @Test
    void anAnalysisWithoutABaselineIsRefusedByTheFieldsName() {
        var message = Errors.expectInvalid(
                "baseline",
                () -> fixture.stub.startAnalysis(
                        AnalysisFixture.request().clearBaseline().build()));
        assertTrue(message.contains("chooses judge mann-whitney, which can only compare"), message);
    }

    private Analysis ended(Analysis began) {
        Await.until("its end", SOON, () -> fixture.get(began.getName()).getState() == Analysis.State.CONCLUDED);
        return fixture.get(began.getName());
    }

    private static ScorePlan plan() {
        return ScorePlan.newBuilder()
                .setTolerance(0.25)
                .setConfidence(0.98)
                .setMinWindows(5)
                .setPassScore(95)
                .setMarginalScore(75)
                .addAllLooks(List.of(seconds(2), seconds(15)))
                .build();
    }

    private static Duration seconds(long seconds) {
        return Duration.newBuilder().setSeconds(seconds).build();
    }
}
