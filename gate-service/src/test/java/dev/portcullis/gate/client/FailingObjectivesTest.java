package dev.portcullis.gate.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.gate.analysis.Severity;
import dev.portcullis.gate.testing.FakeAnalysis;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.AnalysisPlan;
import dev.portcullis.proto.analysis.v1.Judge;
import dev.portcullis.proto.analysis.v1.MetricResult;
import dev.portcullis.proto.analysis.v1.ObjectiveLimits;
import dev.portcullis.proto.analysis.v1.ObjectiveResult;
import dev.portcullis.proto.analysis.v1.ScoreResult;
import dev.portcullis.proto.analysis.v1.SharedBreach;
import dev.portcullis.proto.analysis.v1.SloBreach;
import dev.portcullis.proto.analysis.v1.TestResult;
import dev.portcullis.proto.analysis.v1.Verdict;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class FailingObjectivesTest {
    private static final double CRITICAL = 4;
    private static final double MAJOR = 2;
    private static final double MINOR = 1;
    private static final double INFORMATIONAL = 0;

    private static Analysis.Builder failed(ObjectiveResult... objectives) {
        return Analysis.newBuilder()
                .setVerdict(Verdict.FAIL)
                .setEvidence(FakeAnalysis.evidence(Math.log(120), 0))
                .addAllObjectives(List.of(objectives));
    }

    private static ObjectiveResult objective(String slo, double weight, TestResult.Builder sloTest) {
        return ObjectiveResult.newBuilder()
                .setSlo(slo)
                .setLimits(ObjectiveLimits.newBuilder().setWeight(weight))
                .setSloTest(sloTest)
                .build();
    }

    private static TestResult.Builder evidence(double ratio) {
        return TestResult.newBuilder().setFail(Math.log(ratio));
    }

    private static TestResult.Builder culprit() {
        return evidence(200).setCulprit(true);
    }

    @Test
    void thoseThatFailAloneAndThoseOfStrongEvidenceBesideThemCount() {
        assertEquals(
                Set.of(Severity.MINOR),
                FailingObjectives.of(failed(objective("a", MINOR, culprit()), objective("b", CRITICAL, evidence(9.9)))
                        .build()));
        assertEquals(
                Set.of(Severity.MINOR, Severity.CRITICAL),
                FailingObjectives.of(failed(objective("a", MINOR, culprit()), objective("b", CRITICAL, evidence(10.1)))
                        .build()),
                "what fails beside a culprit is not overlooked");
    }

    @Test
    void theComparisonWithTheStableVersionCountsAsWell() {
        var compared = objective("b", MAJOR, evidence(1)).toBuilder()
                .setBaselineTest(culprit())
                .build();
        assertEquals(
                Set.of(Severity.MAJOR), FailingObjectives.of(failed(compared).build()));
    }

    @Test
    void aBreachThatTheStableVersionSharesOrThatOnlyHoldsHasNoPart() {
        var shared =
                evidence(1e6).setShared(SharedBreach.newBuilder().setCounted(0).setHeld(true));
        assertEquals(
                Set.of(Severity.MINOR),
                FailingObjectives.of(failed(objective("a", MINOR, culprit()), objective("b", CRITICAL, shared))
                        .build()));
        var compared = objective("a", MINOR, TestResult.newBuilder()).toBuilder()
                .setBaselineTest(culprit())
                .build();
        var holds = failed(compared, objective("b", CRITICAL, evidence(1e6)))
                .setPlan(AnalysisPlan.newBuilder().setSloBreach(SloBreach.HOLDS));
        assertEquals(Set.of(Severity.MINOR), FailingObjectives.of(holds.build()));
    }

    @Test
    void combinedEvidenceIsThatOfAllWhoCarryIt() {
        assertEquals(
                Set.of(Severity.MINOR, Severity.MAJOR),
                FailingObjectives.of(failed(
                                objective("a", MINOR, evidence(90)),
                                objective("b", MAJOR, evidence(80)),
                                objective("c", CRITICAL, evidence(0.5)))
                        .build()));
    }

    @Test
    void whatIsOnlyShownHasNoPart() {
        assertEquals(
                Set.of(Severity.MINOR),
                FailingObjectives.of(
                        failed(objective("a", MINOR, culprit()), objective("b", INFORMATIONAL, evidence(1e9)))
                                .build()));
    }

    @Test
    void whereNobodyCanBeNamedAllThatDecideAre() {
        assertEquals(
                Set.of(Severity.MINOR, Severity.CRITICAL),
                FailingObjectives.of(failed(objective("a", MINOR, evidence(1)), objective("b", CRITICAL, evidence(1)))
                        .build()));
        assertEquals(Set.of(), FailingObjectives.of(failed().build()), "nothing is known, which aborts");
    }

    @Test
    void aWeightThatIsNotKnownIsTheHighest() {
        assertEquals(
                Set.of(Severity.CRITICAL),
                FailingObjectives.of(failed(objective("a", 3, culprit())).build()));
        assertEquals(
                Set.of(Severity.CRITICAL),
                FailingObjectives.of(failed(FakeAnalysis.violated()).build()),
                "an analysis-service that does not tell the limits");
    }

    @Test
    void aScoreFailsByItsMetricsAndNotByTheEvidenceBesideThem() {
        var score = ScoreResult.newBuilder()
                .addMetrics(metric("a", MetricResult.Bearing.FAILING))
                .addMetrics(metric("b", MetricResult.Bearing.PASSING));
        var failed = failed(objective("a", MINOR, evidence(1)), objective("b", CRITICAL, culprit()))
                .setPlan(AnalysisPlan.newBuilder().setJudge(Judge.MANN_WHITNEY));
        assertEquals(
                Set.of(Severity.MINOR),
                FailingObjectives.of(failed.setScore(score).build()));
        score.addMetrics(metric("b", MetricResult.Bearing.CRITICAL));
        assertEquals(
                Set.of(Severity.MINOR, Severity.CRITICAL),
                FailingObjectives.of(failed.setScore(score).build()));
    }

    private static MetricResult metric(String slo, MetricResult.Bearing bearing) {
        return MetricResult.newBuilder().setSlo(slo).setBearing(bearing).build();
    }

    @Test
    void whatHasNotFailedFailsByNothing() {
        assertEquals(
                Set.of(),
                FailingObjectives.of(failed(objective("a", MINOR, evidence(50)))
                        .setVerdict(Verdict.CONTINUE)
                        .build()));
    }
}
