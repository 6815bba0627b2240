package dev.portcullis.analysis.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.proto.analysis.v1.ArmCounts;
import dev.portcullis.proto.analysis.v1.BaselineTest;
import dev.portcullis.proto.analysis.v1.BoundaryCounts;
import dev.portcullis.proto.analysis.v1.Counts;
import dev.portcullis.proto.analysis.v1.Form;
import dev.portcullis.proto.analysis.v1.ScoreCountsRequest;
import dev.portcullis.proto.analysis.v1.ScoreCountsResponse;
import dev.portcullis.proto.analysis.v1.ScoredObjective;
import dev.portcullis.proto.analysis.v1.ScoredWindow;
import dev.portcullis.proto.analysis.v1.SloBreach;
import dev.portcullis.proto.analysis.v1.SloTest;
import dev.portcullis.proto.analysis.v1.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** ScoreCounts answers as a live analysis would. */
final class LiveScoreCountsIT {
    private static final ArmCounts CLEAN = window(1, 15_000, 9, 135_000);
    private static final ArmCounts DEAD = window(15_000, 15_000, 9, 135_000);
    private static final ArmCounts OUTAGE = window(7_500, 15_000, 67_500, 135_000);
    private static final SloTest SLO = SloTest.newBuilder()
            .setFailRatio(0.002)
            .setPassRatio(0.005)
            .setClusterSize(5)
            .build();
    private static final BaselineTest BASELINE = BaselineTest.newBuilder()
            .setFailFactor(1.25)
            .setFailMargin(0.00025)
            .setPassFactor(2)
            .setPassMargin(0.001)
            .setClusterSize(5)
            .build();

    private static AnalysisFixture fixture;

    @BeforeAll
    static void open(@TempDir Path folder) {
        fixture = new AnalysisFixture(folder, TestDatabase.fresh());
    }

    @AfterAll
    static void close() {
        fixture.close();
    }

    private static ScoreCountsRequest.Builder request() {
        return ScoreCountsRequest.newBuilder()
                .setAlpha(0.01)
                .setBeta(0.05)
                .setPlannedWindows(120)
                .setMinFailWindows(2);
    }

    private static ScoreCountsRequest.Builder ofOne() {
        return request().setSlo(SLO).setBaseline(BASELINE);
    }

    private static void add(ScoreCountsRequest.Builder request, int times, ArmCounts window) {
        for (var i = 0; i < times; i++) {
            request.addWindows(window);
        }
    }

    private static ScoredWindow last(ScoreCountsRequest.Builder request) {
        ScoreCountsResponse answer = fixture.stub.scoreCounts(request.build());
        return answer.getSteps(answer.getStepsCount() - 1);
    }

    @Test
    void twentyCleanWindowsAndThenTenBadOnesAreAFail() {
        var request = ofOne();
        add(request, 20, CLEAN);
        assertEquals(Verdict.PASS, last(request).getVerdict());
        add(request, 10, DEAD);
        assertEquals(Verdict.FAIL, last(request).getVerdict());
        assertEquals(Verdict.PASS, last(request).getFirstDecision(), "for one who looked away at the PASS");
        add(request, 80, CLEAN);
        assertEquals(Verdict.FAIL, last(request).getVerdict(), "final");
    }

    @Test
    void thereIsNoPassAtAWindowBeforeTheBakeTimeIsOver() {
        var request = ofOne().setBakeWindows(10);
        add(request, 10, CLEAN);
        var during = last(request);
        assertEquals(Verdict.CONTINUE, during.getVerdict());
        assertTrue(during.getPassEvidence() > -Math.log(0.05), "it would have been one");
        add(request, 1, CLEAN);
        assertEquals(Verdict.PASS, last(request).getVerdict());
    }

    @Test
    void anUndecidedEndIsInconclusiveOnlyWhenTheDeadlineHasCome() {
        var request = ofOne();
        add(request, 2, window(0, 10, 0, 90));
        assertEquals(Verdict.CONTINUE, last(request).getVerdict());
        assertEquals(Verdict.INCONCLUSIVE, last(request.setDeadlinePassed(true)).getVerdict());
        assertEquals(
                Verdict.CONTINUE,
                fixture.stub.scoreCounts(request.build()).getSteps(0).getVerdict());
        add(request, 20, CLEAN);
        assertEquals(Verdict.PASS, last(request).getVerdict());
    }

    @Test
    void whatAnOutageOfBothAmountsToIsAsTheRequestSays() {
        var request = ofOne();
        add(request, 5, CLEAN);
        add(request, 10, OUTAGE);
        assertEquals(Verdict.FAIL, last(request).getVerdict(), "unless told otherwise");
        assertFalse(last(request).hasShared());
        assertEquals(
                Verdict.CONTINUE,
                last(request.setBakeWindows(15).setSloBreach(SloBreach.HOLDS)).getVerdict());
        var held = last(request.setSloBreach(SloBreach.FAILS_UNLESS_SHARED));
        assertEquals(Verdict.CONTINUE, held.getVerdict());
        assertTrue(held.getShared().getHeld());
        assertTrue(held.getShared().getBaseline() > Math.log(1.5));
        assertTrue(held.getShared().getCounted() < held.getSloFailEvidence());
    }

    @Test
    void severalObjectivesAreJudgedTogether() {
        var objectives = request()
                .setSloBreach(SloBreach.FAILS_UNLESS_SHARED)
                .addObjectives(availability(OUTAGE, OUTAGE, OUTAGE))
                .addObjectives(latency(DEAD, DEAD, DEAD));
        var failed = last(objectives);
        assertEquals(Verdict.FAIL, failed.getVerdict());
        assertFalse(failed.hasSloFailEvidence());
        assertEquals(0.8, failed.getObjectives(0).getWeight(), 1e-12);
        assertTrue(failed.getObjectives(0).getSloTest().getShared().getHeld());
        assertTrue(failed.getObjectives(1).getSloTest().getCulprit());
        assertEquals(2, failed.getObjectives(1).getBoundaryFailEvidenceCount());
    }

    private static ScoredObjective availability(ArmCounts... windows) {
        return ScoredObjective.newBuilder()
                .setName("availability")
                .setWeight(4)
                .setSlo(SLO)
                .setBaseline(BASELINE)
                .addAllWindows(List.of(windows))
                .build();
    }

    private static ScoredObjective latency(ArmCounts... atThreshold) {
        var latency = ScoredObjective.newBuilder()
                .setName("latency")
                .setWeight(1)
                .setSlo(SLO)
                .setBaseline(BASELINE)
                .setSloFailBoundary(1)
                .setSloPassBoundary(0);
        for (ArmCounts counts : atThreshold) {
            latency.addBoundaryWindows(
                    BoundaryCounts.newBuilder().addCounts(DEAD).addCounts(counts));
        }
        return latency.build();
    }

    @TestFactory
    Stream<DynamicTest> aWrongFieldIsNamed() {
        return Stream.of(
                fault("bake_windows", ofOne().addWindows(CLEAN), r -> r.setBakeWindows(-1)),
                fault("bake_windows", ofOne().addWindows(CLEAN), r -> r.setBakeWindows(100_001)),
                fault("slo_breach", ofOne().addWindows(CLEAN), r -> r.setSloBreachValue(9)),
                fault("slo.fail_form", ofOne().addWindows(CLEAN), r -> {
                    r.setSloBreach(SloBreach.FAILS_UNLESS_SHARED);
                    r.getSloBuilder().setFailForm(Form.COUNT);
                }),
                several("objectives", r -> r.setSlo(SLO)),
                several("objectives", r -> r.addWindows(CLEAN)),
                several("objectives[0].name", r -> r.getObjectivesBuilder(0).clearName()),
                several("objectives[0].weight", r -> r.getObjectivesBuilder(0).setWeight(-1)),
                several(
                        "objectives[1].slo",
                        r -> r.getObjectivesBuilder(1).clearSlo().clearBaseline()),
                several(
                        "objectives[1].slo.fail_ratio",
                        r -> r.getObjectivesBuilder(1).getSloBuilder().setFailRatio(2)),
                several("objectives[1].cuts.fail", r -> r.getObjectivesBuilder(1)
                        .setSloFailBoundary(2)),
                several("objectives[1].cuts.compared", r -> r.getObjectivesBuilder(1)
                        .addComparedBoundaries(2)),
                several("objectives[0].windows", r -> r.getObjectivesBuilder(0).clearWindows()),
                several("objectives[0].windows[0].canary.bad", r -> r.getObjectivesBuilder(0)
                        .setWindows(0, window(2, 1, 0, 0))),
                several("objectives[1].boundary_windows", r -> r.getObjectivesBuilder(0)
                        .addWindows(CLEAN)),
                several("objectives[1].boundary_windows", r -> r.getObjectivesBuilder(1)
                        .addWindows(CLEAN)),
                several("windows[1].observations[1].cuts", r -> {
                    r.getObjectivesBuilder(0).addWindows(CLEAN);
                    r.getObjectivesBuilder(1)
                            .addBoundaryWindows(BoundaryCounts.newBuilder().addCounts(CLEAN));
                }));
    }

    private static DynamicTest several(String field, Consumer<ScoreCountsRequest.Builder> fault) {
        return fault(field, request().addObjectives(availability(CLEAN)).addObjectives(latency(CLEAN)), fault);
    }

    private static DynamicTest fault(
            String field, ScoreCountsRequest.Builder request, Consumer<ScoreCountsRequest.Builder> fault) {
        fault.accept(request);
        return DynamicTest.dynamicTest(
                field, () -> Errors.expectInvalid(field, () -> fixture.stub.scoreCounts(request.build())));
    }

    private static ArmCounts window(double bad, double total, double baselineBad, double baselineTotal) {
        return ArmCounts.newBuilder()
                .setCanary(Counts.newBuilder().setBad(bad).setTotal(total))
                .setBaseline(Counts.newBuilder().setBad(baselineBad).setTotal(baselineTotal))
                .build();
    }
}
