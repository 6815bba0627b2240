package dev.portcullis.analysis.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.CancelAnalysisRequest;
import dev.portcullis.proto.analysis.v1.SloBreach;
import dev.portcullis.proto.analysis.v1.TestResult;
import dev.portcullis.proto.analysis.v1.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Whatever an analysis says can be had again from ScoreCounts, bit for bit, by what GetAnalysis tells of it. */
@Execution(ExecutionMode.CONCURRENT) // each test waits most of its time
final class RecomputedAnalysisIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private AnalysisFixture fixture;

    @AfterEach
    void close() {
        fixture.close();
    }

    private void open(String policy) {
        fixture = new AnalysisFixture(folder, TestDatabase.fresh(), policy);
    }

    @Test
    void aPassThatWaitedForTheBakeTime() {
        open(AnalysisFixture.LATENCY_POLICY);
        var passed = stopped(analysis -> analysis.getVerdict() == Verdict.PASS);
        assertTrue(passed.getPlan().getBake().getSeconds() > 0);
        assertEquals(Verdict.PASS, recomputed(passed));
    }

    @Test
    void aFailOfTheCanaryAloneAfterAPass() {
        open(AnalysisFixture.POLICY);
        var began = fixture.start();
        Await.until("PASS", SOON, () -> fixture.get(began.getName()).getVerdict() == Verdict.PASS);
        fixture.canaryFails(3_000);
        Await.until("FAIL", SOON, () -> fixture.get(began.getName()).getVerdict() == Verdict.FAIL);
        var failed = fixture.get(began.getName());
        assertFalse(failed.getObjectives(0).getSloTest().getShared().getHeld());
        assertEquals(Verdict.FAIL, recomputed(failed));
        var answer = fixture.stub.scoreCounts(Recomputation.of(failed));
        assertEquals(Verdict.PASS, answer.getSteps(answer.getStepsCount() - 1).getFirstDecision());
    }

    @Test
    void aFailByItsLatency() {
        open(AnalysisFixture.LATENCY_POLICY);
        fixture.canaryIsSlow();
        assertEquals(Verdict.FAIL, recomputed(stopped(analysis -> analysis.getVerdict() == Verdict.FAIL)));
    }

    @Test
    void aBreachThatBothVersionsShareFailsNobody() {
        open(AnalysisFixture.LATENCY_POLICY);
        fixture.canaryFails(1_500);
        fixture.stableFails(13_500);
        fixture.bothAreSlow();
        var held = stopped(analysis -> analysis.getWindowCount() >= 20);
        assertEquals(SloBreach.FAILS_UNLESS_SHARED, held.getPlan().getSloBreach());
        for (var objective : held.getObjectivesList()) {
            assertTrue(objective.getSloTest().getShared().getHeld(), objective::toString);
        }
        assertEquals(Verdict.CONTINUE, recomputed(held));
    }

    @Test
    void anAnalysisThatTheDeadlineEnded() {
        open(AnalysisFixture.POLICY.replace("deadline: 3m, bake: 1s", "deadline: 4s, bake: 1s"));
        fixture.canaryFails(9);
        fixture.stableFails(81);
        var over = stopped(analysis -> analysis.getState() == Analysis.State.CONCLUDED);
        assertEquals(over.getVerdict(), recomputed(over));
    }

    /** When it is so, without the next windows. */
    private Analysis stopped(Predicate<Analysis> reached) {
        var name = fixture.start().getName();
        Await.until("what is to be recomputed", SOON, () -> reached.test(fixture.get(name)));
        fixture.stub.cancelAnalysis(CancelAnalysisRequest.newBuilder()
                .setName(name)
                .setReason("seen enough")
                .build());
        return fixture.get(name);
    }

    private Verdict recomputed(Analysis analysis) {
        var answer = fixture.stub.scoreCounts(Recomputation.of(analysis));
        assertEquals(analysis.getWindowCount(), answer.getStepsCount());
        var last = answer.getSteps(answer.getStepsCount() - 1);
        assertEquals(analysis.getVerdict(), last.getVerdict());
        assertSameBits(analysis.getEvidence().getFail(), last.getFailEvidence());
        assertSameBits(analysis.getEvidence().getPass(), last.getPassEvidence());
        for (var i = 0; i < analysis.getObjectivesCount(); i++) {
            var expected = analysis.getObjectives(i);
            var actual = last.getObjectives(i);
            assertEquals(expected.getSlo(), actual.getName());
            assertSameBits(expected.getWeight(), actual.getWeight());
            assertSame(expected.getSloTest(), actual.getSloTest());
            assertSame(expected.getBaselineTest(), actual.getBaselineTest());
            assertEquals(
                    expected.getBoundariesList().stream()
                            .filter(boundary -> boundary.hasFail())
                            .map(boundary -> boundary.getFail())
                            .toList(),
                    actual.getBoundaryFailEvidenceList());
        }
        return last.getVerdict();
    }

    /** Messages are equal when all their numbers have the same bits. */
    private static void assertSame(TestResult expected, TestResult actual) {
        assertEquals(expected, actual);
    }

    private static void assertSameBits(double expected, double actual) {
        assertEquals(Double.doubleToRawLongBits(expected), Double.doubleToRawLongBits(actual));
    }
}
