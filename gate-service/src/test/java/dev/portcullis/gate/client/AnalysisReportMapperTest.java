package dev.portcullis.gate.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Timestamp;
import dev.portcullis.gate.analysis.CanaryTraffic;
import dev.portcullis.gate.analysis.Figures;
import dev.portcullis.gate.analysis.Judge;
import dev.portcullis.gate.analysis.TestKind;
import dev.portcullis.gate.testing.FakeAnalysis;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.AnalysisPlan;
import dev.portcullis.proto.analysis.v1.MeasuringState;
import dev.portcullis.proto.analysis.v1.ObjectiveResult;
import dev.portcullis.proto.analysis.v1.TestResult;
import dev.portcullis.proto.analysis.v1.TrafficShortage;
import dev.portcullis.proto.analysis.v1.Verdict;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class AnalysisReportMapperTest {
    private static Analysis.Builder analysis() {
        return Analysis.newBuilder()
                .setName("analyses/1")
                .setState(Analysis.State.RUNNING)
                .setVerdict(Verdict.CONTINUE)
                .setMeasuring(MeasuringState.MEASURING)
                .setEvidence(FakeAnalysis.evidence(Math.log(1.5), Math.log(4)));
    }

    @Test
    void theFiguresAreThoseOfTheObjectiveThatTheTextIsAboutAndEachHasItsOwn() {
        var told = analysis()
                .addObjectives(named("latency", 1, 100, 10))
                .addObjectives(named("availability", 5, 100, 50))
                .setExplainedSlo("latency");
        var figures = AnalysisReportMapper.report(told.build()).figures();
        assertEquals("latency", figures.objective());
        assertEquals(0.99, figures.successRate().canary(), 1e-12);
        assertEquals(0.9999, figures.successRate().baseline(), 1e-12);
        assertEquals(new Figures.Arms(10, 0.1), figures.burnRate());
        assertEquals(1.5, figures.evidence().fail(), 1e-12);
        assertEquals(4, figures.evidence().pass(), 1e-12);
        var other = figures.objectives().get(1);
        assertEquals("availability", other.slo());
        assertEquals(new Figures.Arms(100, 10_000), other.requests());
        assertEquals(new Figures.Arms(5, 1), other.badRequests());
        assertEquals(0.95, other.successRate().canary(), 1e-12);
        assertEquals(new Figures.Arms(50, 0.1), other.burnRate());

        var untold =
                AnalysisReportMapper.report(told.clearExplainedSlo().build()).figures();
        assertEquals("availability", untold.objective(), "an analysis-service that does not tell");
    }

    private static ObjectiveResult named(String slo, double bad, double total, double burnRate) {
        return FakeAnalysis.objective(bad, total, burnRate).toBuilder()
                .setSlo(slo)
                .build();
    }

    @Test
    void nothingCountedIsMinusOneAndEvidenceIsCapped() {
        var figures = AnalysisReportMapper.report(analysis()
                        .setEvidence(FakeAnalysis.evidence(5_000, Double.NEGATIVE_INFINITY))
                        .addObjectives(FakeAnalysis.objective(0, 0, -1))
                        .build())
                .figures();
        assertEquals(-1, figures.successRate().canary());
        assertEquals(-1, figures.burnRate().canary());
        assertEquals(1e12, figures.evidence().fail());
        assertEquals(0, figures.evidence().pass());
    }

    @Test
    void culpritsOfAllObjectivesCount() {
        var baseline = FakeAnalysis.objective(1, 10, 1).toBuilder()
                .setBaselineTest(TestResult.newBuilder().setCulprit(true))
                .build();
        var report = AnalysisReportMapper.report(analysis()
                .addObjectives(FakeAnalysis.violated())
                .addObjectives(baseline)
                .build());
        assertEquals(Set.of(TestKind.SLO, TestKind.BASELINE), report.culprits());
        assertEquals(Set.of(), AnalysisReportMapper.report(analysis().build()).culprits());
    }

    @Test
    void aShortageOfTrafficIsHeard() {
        assertFalse(AnalysisReportMapper.report(analysis().build()).shortOfTraffic());
        var starved = analysis().setShortage(TrafficShortage.newBuilder().setComingRequests(60));
        assertTrue(AnalysisReportMapper.report(starved.build()).shortOfTraffic());
    }

    @Test
    void trafficIsWhatWasCountedAndSilenceIsKnownOnlyWhileItIsMeasured() {
        assertEquals(
                CanaryTraffic.NONE,
                AnalysisReportMapper.report(analysis().build()).traffic());
        var counted = analysis()
                .addObjectives(FakeAnalysis.objective(0, 0, -1))
                .addObjectives(FakeAnalysis.objective(0, 7, 0))
                .setUpdateTime(Timestamp.newBuilder().setSeconds(1_090));
        var unknown = AnalysisReportMapper.report(counted.build()).traffic();
        assertEquals(new CanaryTraffic(true, Duration.ZERO), unknown, "an analysis-service that does not tell");
        counted.setLastRequestTime(Timestamp.newBuilder().setSeconds(1_000));
        assertEquals(
                new CanaryTraffic(true, Duration.ofSeconds(90)),
                AnalysisReportMapper.report(counted.build()).traffic());
        counted.setMeasuring(MeasuringState.NO_DATA);
        assertEquals(
                new CanaryTraffic(true, Duration.ofSeconds(90)),
                AnalysisReportMapper.report(counted.build()).traffic(),
                "one whose series are gone serves nobody");
        counted.setMeasuring(MeasuringState.UNREACHABLE);
        assertEquals(unknown, AnalysisReportMapper.report(counted.build()).traffic());
    }

    @Test
    void aValueOfALaterVersionIsNotGuessed() {
        var later = analysis().setVerdictValue(17).build();
        assertThrows(IllegalArgumentException.class, () -> AnalysisReportMapper.report(later));
    }

    @Test
    void theJudgeIsTheOneThePlanNamesAndTheSequentialOneWhenItNamesNone() {
        assertEquals(
                Judge.SEQUENTIAL,
                AnalysisReportMapper.report(analysis().build()).judge());
        assertEquals(Judge.SEQUENTIAL, judgedBy(dev.portcullis.proto.analysis.v1.Judge.SEQUENTIAL_VALUE));
        assertEquals(Judge.MANN_WHITNEY, judgedBy(dev.portcullis.proto.analysis.v1.Judge.MANN_WHITNEY_VALUE));
        assertThrows(IllegalArgumentException.class, () -> judgedBy(99));
    }

    private static Judge judgedBy(int judge) {
        var plan = AnalysisPlan.newBuilder().setJudgeValue(judge);
        return AnalysisReportMapper.report(analysis().setPlan(plan).build()).judge();
    }
}
