package dev.portcullis.gate.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.portcullis.gate.analysis.TestKind;
import dev.portcullis.gate.evidence.Interval;
import dev.portcullis.gate.evidence.ObjectiveDetail;
import dev.portcullis.gate.evidence.RequestCount;
import dev.portcullis.gate.testing.FakeAnalysis;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.AnalysisPlan;
import dev.portcullis.proto.analysis.v1.ArmCounts;
import dev.portcullis.proto.analysis.v1.ConfidenceInterval;
import dev.portcullis.proto.analysis.v1.Counts;
import dev.portcullis.proto.analysis.v1.Forecast;
import dev.portcullis.proto.analysis.v1.HistoryPoint;
import dev.portcullis.proto.analysis.v1.MeasuringState;
import dev.portcullis.proto.analysis.v1.ObjectiveHistory;
import dev.portcullis.proto.analysis.v1.ObjectiveLimits;
import dev.portcullis.proto.analysis.v1.OtherPods;
import dev.portcullis.proto.analysis.v1.PodCounts;
import dev.portcullis.proto.analysis.v1.PreviousObjective;
import dev.portcullis.proto.analysis.v1.PreviousRelease;
import dev.portcullis.proto.analysis.v1.QuantileBounds;
import dev.portcullis.proto.analysis.v1.SharedBreach;
import dev.portcullis.proto.analysis.v1.TestResult;
import dev.portcullis.proto.analysis.v1.TrafficShortage;
import dev.portcullis.proto.analysis.v1.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class AnalysisDetailMapperTest {
    private static Analysis.Builder analysis() {
        return Analysis.newBuilder()
                .setName("analyses/1")
                .setState(Analysis.State.RUNNING)
                .setVerdict(Verdict.CONTINUE)
                .setMeasuring(MeasuringState.MEASURING)
                .setCreateTime(Timestamp.newBuilder().setSeconds(900))
                .setPlan(AnalysisPlan.newBuilder()
                        .setWindow(Duration.newBuilder().setSeconds(30)))
                .setEvidence(FakeAnalysis.evidence(1.5, 4));
    }

    @Test
    void ofAnObjectiveAllIsTaken() {
        var objective = FakeAnalysis.objective(6, 1000, 6).toBuilder()
                .setWeight(0.5)
                .setThreshold(0.3)
                .setLimits(ObjectiveLimits.newBuilder()
                        .setSloFailRatio(0.002)
                        .setBaselineFailFactor(2)
                        .setBaselineFailMargin(0.0005))
                .setRatio(ConfidenceInterval.newBuilder().setLower(0.003).setUpper(0.01))
                .setRelative(ConfidenceInterval.newBuilder().setUpper(9))
                .addQuantiles(QuantileBounds.newBuilder().setQuantile(0.99).setLower(0.25))
                .setSloTest(TestResult.newBuilder()
                        .setShared(SharedBreach.newBuilder().setHeld(true)))
                .setBaselineTest(TestResult.newBuilder().setCulprit(true))
                .addCanaryPods(
                        PodCounts.newBuilder().setPod("{pod=\"a\"}\u202e").setCounts(counts(6, 400)))
                .setOtherCanaryPods(
                        OtherPods.newBuilder().setServing(3).setFailing(1).setCounts(counts(1, 600)))
                .build();
        var detail = AnalysisDetailMapper.detail(
                        analysis().addObjectives(objective).build())
                .objectives()
                .getFirst();
        assertEquals("availability", detail.slo());
        assertEquals(0.5, detail.weight());
        assertEquals(OptionalDouble.of(0.3), detail.threshold());
        assertEquals(new RequestCount(6, 1000), detail.canary());
        assertEquals(new RequestCount(1, 10_000), detail.baseline());
        assertEquals(0.002, detail.limits().failRatio());
        assertEquals(7, detail.limits().comparison().orElseThrow().multiple(0.0001), 1e-12);
        assertEquals(new Interval(OptionalDouble.of(0.003), OptionalDouble.of(0.01)), detail.ratio());
        assertEquals(Optional.of(new Interval(OptionalDouble.empty(), OptionalDouble.of(9))), detail.relative());
        assertEquals(
                List.of(new ObjectiveDetail.QuantileInterval(
                        0.99, new Interval(OptionalDouble.of(0.25), OptionalDouble.empty()))),
                detail.quantiles());
        assertEquals(Set.of(TestKind.BASELINE), detail.culprits());
        assertEquals(true, detail.held());
        assertEquals("{pod=\"a\"}\\u202e", detail.pods().getFirst().pod());
        assertEquals(
                new ObjectiveDetail.OtherPods(3, 1, new RequestCount(1, 600)),
                detail.otherPods().orElseThrow());
    }

    @Test
    void withoutABaselineThereIsNothingOfIt() {
        var objective = FakeAnalysis.objective(6, 1000, 6).toBuilder()
                .setLimits(ObjectiveLimits.newBuilder().setSloFailRatio(0.002))
                .build();
        var detail = AnalysisDetailMapper.detail(analysis()
                .addObjectives(objective)
                .addHistory(HistoryPoint.newBuilder()
                        .addObjectives(ObjectiveHistory.newBuilder().setSlo("availability")))
                .build());
        assertEquals(Optional.empty(), detail.objectives().getFirst().limits().comparison());
        assertEquals(Optional.empty(), detail.objectives().getFirst().relative());
        assertEquals(Interval.UNKNOWN, detail.objectives().getFirst().ratio());
        assertEquals(
                Optional.empty(),
                detail.history().getFirst().objectives().getFirst().baselineRatio());
    }

    @Test
    void historyForecastShortageNotesAndThePreviousReleaseAreTaken() {
        var told = analysis()
                .addHistory(HistoryPoint.newBuilder()
                        .setWindow(3)
                        .setTime(Timestamp.newBuilder().setSeconds(990))
                        .setFail(1.5)
                        .setPass(4)
                        .addObjectives(ObjectiveHistory.newBuilder()
                                .setSlo("availability")
                                .setCounts(ArmCounts.newBuilder()
                                        .setCanary(counts(6, 1000))
                                        .setBaseline(counts(1, 10_000)))
                                .setCanary(ConfidenceInterval.newBuilder().setUpper(0.02))
                                .setBaseline(ConfidenceInterval.newBuilder().setLower(0.00001))))
                .setForecast(Forecast.newBuilder()
                        .setWindows(3)
                        .setTimeToFail(Duration.newBuilder().setSeconds(90)))
                .setShortage(TrafficShortage.newBuilder()
                        .setSlo("availability")
                        .setAgainstBaseline(true)
                        .setComingRequests(2_000))
                .addNotes("a pod was left out")
                .setPlan(AnalysisPlan.newBuilder()
                        .setPreviousRelease(PreviousRelease.newBuilder()
                                .setAnalysis("analyses/0")
                                .setCanary("old")
                                .setEndTime(Timestamp.newBuilder().setSeconds(500))
                                .addObjectives(PreviousObjective.newBuilder()
                                        .setSlo("availability")
                                        .setBad(1)
                                        .setTotal(9))))
                .build();
        var detail = AnalysisDetailMapper.detail(told);
        assertEquals(Instant.ofEpochSecond(900), detail.begin());
        assertEquals(1.5, detail.evidence().fail());
        var point = detail.history().getFirst();
        assertEquals(3, point.window());
        assertEquals(Instant.ofEpochSecond(990), point.time());
        assertEquals(new RequestCount(6, 1000), point.objectives().getFirst().canary());
        assertEquals(
                Optional.of(new Interval(OptionalDouble.of(0.00001), OptionalDouble.empty())),
                point.objectives().getFirst().baselineRatio());
        assertEquals(Optional.empty(), detail.forecast().orElseThrow().toPass());
        assertEquals(
                Optional.of(java.time.Duration.ofSeconds(90)),
                detail.forecast().orElseThrow().toFail());
        assertEquals(OptionalDouble.empty(), detail.shortage().orElseThrow().needed());
        assertEquals(List.of("a pod was left out"), detail.notes());
        assertEquals(
                new RequestCount(1, 9),
                detail.previous().orElseThrow().objectives().getFirst().requests());
    }

    @Test
    void whatThisVersionDoesNotKnowIsRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> AnalysisDetailMapper.detail(analysis().setStateValue(99).build()));
    }

    private static Counts counts(double bad, double total) {
        return Counts.newBuilder().setBad(bad).setTotal(total).build();
    }
}
