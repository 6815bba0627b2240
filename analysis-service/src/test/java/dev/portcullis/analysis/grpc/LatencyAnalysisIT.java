package dev.portcullis.analysis.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.BoundaryResult;
import dev.portcullis.proto.analysis.v1.GetAnalysisRequest;
import dev.portcullis.proto.analysis.v1.MeasuringState;
import dev.portcullis.proto.analysis.v1.ObjectiveResult;
import dev.portcullis.proto.analysis.v1.QuantileBounds;
import dev.portcullis.proto.analysis.v1.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** analysis-service as it runs, with a latency objective on the histogram of the shop that it scrapes. */
@Execution(ExecutionMode.CONCURRENT) // each test waits most of its time
final class LatencyAnalysisIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    private AnalysisFixture fixture;
    private Path policy;

    @BeforeEach
    void open(@TempDir Path folder) {
        policy = folder.resolve("checkout.yaml");
        fixture = new AnalysisFixture(folder, TestDatabase.fresh(), AnalysisFixture.LATENCY_POLICY);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aCanaryTwiceAsSlowFailsByItsLatency() {
        fixture.canaryIsSlow();
        var failed = ended(fixture.start());
        assertEquals(Verdict.FAIL, failed.getVerdict());
        var latency = objective(failed, "checkout-latency");
        assertTrue(
                latency.getSloTest().getCulprit() || latency.getBaselineTest().getCulprit());
        var availability = objective(failed, "checkout-availability");
        assertFalse(availability.getSloTest().getCulprit()
                || availability.getBaselineTest().getCulprit());
        assertTrue(failed.getExplanation().contains("checkout-latency"), failed.getExplanation());
        assertEquals("checkout-latency", failed.getExplainedSlo());
        var counts = latency.getCounts();
        assertEquals(0.126, counts.getCanary().getBad() / counts.getCanary().getTotal(), 1e-6);
        assertEquals(0.022, counts.getBaseline().getBad() / counts.getBaseline().getTotal(), 1e-6);
        assertEquals(2.52, latency.getCanaryBurnRate(), 1e-4);
    }

    @Test
    void howBadACanaryIsIsToldWithinBoundsThatHoldTheTruth() {
        fixture.canaryIsSlow();
        var failed = ended(fixture.start());
        assertFalse(objective(failed, "checkout-latency").hasRatio(), "only on request");
        var bounded = fixture.stub.getAnalysis(GetAnalysisRequest.newBuilder()
                .setName(failed.getName())
                .setIncludeBounds(true)
                .build());
        var latency = objective(bounded, "checkout-latency");
        assertTrue(latency.getRatio().getLower() < 0.126, latency::toString);
        assertTrue(latency.getRatio().getUpper() > 0.126, latency::toString);
        assertTrue(latency.getRelative().getLower() > 1, latency::toString);
        assertEquals(
                List.of(0.5, 0.9, 0.95, 0.99),
                latency.getQuantilesList().stream()
                        .map(QuantileBounds::getQuantile)
                        .toList());
        var boundaries = latency.getBoundariesList().stream()
                .map(BoundaryResult::getBoundary)
                .toList();
        for (var quantile : latency.getQuantilesList()) {
            assertTrue(!quantile.hasLower() || boundaries.contains(quantile.getLower()), quantile::toString);
            assertTrue(!quantile.hasUpper() || boundaries.contains(quantile.getUpper()), quantile::toString);
            assertTrue(!(quantile.hasLower() && quantile.hasUpper()) || quantile.getLower() < quantile.getUpper());
        }
        // 12.6 % of the slow canary's requests take longer than 250 ms and fewer than 10 % longer than 500: there its
        // p90 is.
        var ninety = latency.getQuantiles(1);
        assertTrue(ninety.hasLower() && ninety.getLower() <= 0.25, ninety::toString);
        assertTrue(!ninety.hasUpper() || ninety.getUpper() >= 0.5, ninety::toString);
        assertEquals(1, latency.getCanaryPodsCount());
        assertEquals(latency.getCounts().getCanary(), latency.getCanaryPods(0).getCounts());
    }

    @Test
    void howItCameToThatIsToldWithThePresentLast() {
        fixture.canaryIsSlow();
        var failed = ended(fixture.start());
        assertEquals(0, failed.getHistoryCount(), "only on request");
        var told = fixture.stub.getAnalysis(GetAnalysisRequest.newBuilder()
                .setName(failed.getName())
                .setIncludeHistory(true)
                .setIncludeBounds(true)
                .setIncludeWindows(true)
                .build());
        assertEquals(told.getWindowCount(), told.getHistoryCount(), "as few as there are, each has a point");
        var last = told.getHistory(told.getHistoryCount() - 1);
        assertEquals(told.getEvidence().getFail(), last.getFail());
        assertEquals(told.getEvidence().getPass(), last.getPass());
        assertEquals(told.getWindows(told.getWindowCount() - 1).getEndTime(), last.getTime());
        for (var i = 0; i < told.getObjectivesCount(); i++) {
            assertEquals(told.getObjectives(i).getSlo(), last.getObjectives(i).getSlo());
            assertEquals(told.getObjectives(i).getRatio(), last.getObjectives(i).getCanary());
        }
        var latency = last.getObjectives(1);
        assertEquals(
                0.022,
                latency.getCounts().getBaseline().getBad()
                        / latency.getCounts().getBaseline().getTotal(),
                1e-6);
        assertTrue(latency.getBaseline().getLower() < 0.022, latency::toString);
        assertTrue(latency.getBaseline().getUpper() > 0.022, latency::toString);
    }

    @Test
    void aHealthyCanaryPassesAndShowsTheBoundariesItIsHeldAgainst() {
        var began = fixture.start();
        Await.until("PASS", SOON, () -> fixture.get(began.getName()).getVerdict() == Verdict.PASS);
        var passed = fixture.get(began.getName());
        assertEquals(MeasuringState.MEASURING, passed.getMeasuring());
        var latency = objective(passed, "checkout-latency");
        assertEquals(0.2, latency.getThreshold());
        assertEquals(
                List.of(0.05, 0.1, 0.25, 0.5, 1.0),
                latency.getBoundariesList().stream()
                        .map(BoundaryResult::getBoundary)
                        .toList());
        assertTrue(latency.getBoundaries(2).getSloFail(), "the next above 200 ms");
        assertTrue(latency.getBoundaries(1).getSloPass(), "the next below");
        assertTrue(latency.getBoundariesList().stream().allMatch(BoundaryResult::hasFail), "all are compared");
        var window = passed.getWindows(0).getCountsOrThrow("checkout-latency");
        assertEquals(9 * window.getCanary().getTotal(), window.getBaseline().getTotal());
    }

    @Test
    void aThresholdThatNoBucketEnclosesCannotBeMeasuredAndIsNoVerdict() {
        AnalysisFixture.write(
                policy,
                AnalysisFixture.LATENCY_POLICY.formatted(fixture.shop.address()).replace("value: 0.2", "value: 20"));
        Await.until("the changed policy", SOON, () -> {
            var analysis = fixture.start();
            return analysis.getMeasuring() == MeasuringState.UNREACHABLE
                    && analysis.getVerdict() == Verdict.CONTINUE
                    && analysis.getMeasuringDetail()
                            .equals("objective 'checkout-latency': the threshold 20.0 is outside the bucket boundaries"
                                    + " that all pods have, 0.05 to 1.0");
        });
    }

    private Analysis ended(Analysis began) {
        Await.until("its end", SOON, () -> fixture.get(began.getName()).getState() == Analysis.State.CONCLUDED);
        return fixture.get(began.getName());
    }

    private static ObjectiveResult objective(Analysis analysis, String slo) {
        return analysis.getObjectivesList().stream()
                .filter(objective -> objective.getSlo().equals(slo))
                .findFirst()
                .orElseThrow();
    }
}
