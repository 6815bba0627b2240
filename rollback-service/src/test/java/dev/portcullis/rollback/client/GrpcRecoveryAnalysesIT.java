package dev.portcullis.rollback.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Timestamp;
import dev.portcullis.kit.client.Breakers;
import dev.portcullis.kit.client.ClientChannels;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.StubGrpcServer;
import dev.portcullis.kit.testing.TestPeers;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.Verdict;
import dev.portcullis.rollback.recovery.LaterRelease;
import dev.portcullis.rollback.recovery.RecoveryQuestion;
import dev.portcullis.rollback.recovery.RecoveryResult;
import dev.portcullis.rollback.recovery.RecoveryResult.Inconclusive;
import dev.portcullis.rollback.recovery.RecoveryResult.Measuring;
import dev.portcullis.rollback.recovery.RecoveryResult.NotRecovered;
import dev.portcullis.rollback.recovery.RecoveryResult.Recovered;
import dev.portcullis.rollback.recovery.RecoveryResult.Unavailable;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class GrpcRecoveryAnalysesIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final FakeAnalysisService said = new FakeAnalysisService();
    private final StubGrpcServer server = new StubGrpcServer(said);
    private final ClientChannels channels =
            new ClientChannels(OpenTelemetry.noop(), new Breakers(new SimpleMeterRegistry()), TestPeers.TOKENS);
    private final GrpcRecoveryAnalyses recoveries =
            new GrpcRecoveryAnalyses(channels.open(GrpcRecoveryAnalyses.downstream(server.address())));
    private final RecoveryQuestion question = question("checkout");

    /** The first call of a process connects and loads classes, which may well take longer than a call has. */
    @BeforeEach
    void connect() {
        Await.until("a first answer", SOON, () -> recoveries.ask(question("checkout")) instanceof Measuring);
        said.starts.clear();
        said.byRequest.clear();
    }

    @AfterEach
    void close() {
        channels.close();
        server.close();
    }

    @Test
    void theSameQuestionAskedTwiceIsOneAnalysisOfTheRestoredVersionAlone() {
        var first = assertInstanceOf(Measuring.class, recoveries.ask(question));
        var second = assertInstanceOf(Measuring.class, recoveries.ask(question));
        assertEquals(first.analysis(), second.analysis());
        assertEquals("Not decided after 30 s (1 window).", first.text());
        var request = said.starts.getFirst();
        assertEquals(question.id().toString(), request.getRequestId());
        assertEquals("checkout", request.getService());
        assertEquals("5f6b7", request.getCanary());
        assertEquals("", request.getBaseline());
        assertEquals(600, request.getRecovery().getWithin().getSeconds());
        var other = assertInstanceOf(Measuring.class, recoveries.ask(question("checkout")));
        assertTrue(!other.analysis().equals(first.analysis()), "another question is another analysis");
    }

    @Test
    void aVerdictIsAFindingAndAnEndWithoutOneIsNone() {
        assertInstanceOf(Recovered.class, found(Analysis.State.CONCLUDED, Verdict.PASS));
        assertInstanceOf(NotRecovered.class, found(Analysis.State.CONCLUDED, Verdict.FAIL));
        assertInstanceOf(Inconclusive.class, found(Analysis.State.CONCLUDED, Verdict.INCONCLUSIVE));
        assertInstanceOf(Inconclusive.class, found(Analysis.State.CANCELLED, Verdict.CONTINUE));
        assertInstanceOf(Measuring.class, found(Analysis.State.RUNNING, Verdict.CONTINUE));
    }

    @Test
    void theNewestReleaseIsLaterOnlyWhenItBeganAfterwards() {
        var moment = Instant.parse("2026-03-01T12:00:00.5Z");
        assertEquals(new LaterRelease.None(), recoveries.laterRelease("checkout", moment));
        var release = Analysis.newBuilder()
                .setName("analyses/1")
                .setCanary("v3")
                .setCreateTime(Timestamp.newBuilder()
                        .setSeconds(moment.getEpochSecond())
                        .setNanos(600_000_000));
        said.releases.add(release.build());
        assertEquals(
                new LaterRelease.Begun("v3", "analyses/1", moment.plusMillis(100)),
                recoveries.laterRelease("checkout", moment));
        assertEquals(new LaterRelease.None(), recoveries.laterRelease("checkout", moment.plusMillis(100)));
        var asked = said.lists.getFirst();
        assertEquals("checkout", asked.getService());
        assertEquals(Analysis.Purpose.RELEASE, asked.getPurpose());
        assertEquals(1, asked.getPageSize());
        server.close();
        assertInstanceOf(LaterRelease.Unknown.class, recoveries.laterRelease("checkout", moment));
    }

    @Test
    void aVerdictOfANewerVersionIsNoFinding() {
        said.say(analysis -> analysis.setVerdictValue(99));
        var told = assertInstanceOf(Unavailable.class, recoveries.ask(question));
        assertTrue(
                told.text().endsWith("with the verdict UNRECOGNIZED, which this version does not know"), told.text());
    }

    @Test
    void aServiceThatJudgedItAsAReleaseIsNotBelieved() {
        said.say(analysis -> analysis.clearPurpose().setVerdict(Verdict.PASS).setState(Analysis.State.CONCLUDED));
        var told = assertInstanceOf(Unavailable.class, recoveries.ask(question));
        assertTrue(told.text().startsWith("analysis-service judges no recoveries (analyses/"), told.text());
    }

    @Test
    void aServiceWithoutAPolicyIsToldAsTheOtherSideTellsIt() {
        assertEquals(
                new Unavailable(
                        "analysis-service cannot measure it: no ReleasePolicy for service 'cart'; known: checkout"),
                recoveries.ask(question("cart")));
    }

    @Test
    void aServiceThatIsAwayIsUnavailableAndAnswersTheSameQuestionWhenItIsBack() {
        var began = assertInstanceOf(Measuring.class, recoveries.ask(question));
        server.stop();
        var away = assertInstanceOf(Unavailable.class, recoveries.ask(question));
        assertTrue(away.text().startsWith("analysis-service could not be asked: "), away.text());
        server.comeBack();
        var again = Await.value(
                "an answer",
                SOON,
                () -> recoveries.ask(question) instanceof Measuring measuring
                        ? Optional.of(measuring)
                        : Optional.empty());
        assertEquals(began.analysis(), again.analysis());
    }

    @Test
    void aServiceThatDoesNotAnswerIsUnavailableInTime() {
        server.hang();
        assertEquals(
                new Unavailable("analysis-service could not be asked: no answer in time"), recoveries.ask(question));
    }

    @Test
    void anEndedQuestionIsCancelledByItsNameAndOnceOnly() {
        var began = assertInstanceOf(Measuring.class, recoveries.ask(question));
        recoveries.end(question, "the rollback was cancelled");
        assertEquals(1, said.cancels.size());
        assertEquals(began.analysis(), said.cancels.getFirst().getName());
        assertEquals("the rollback was cancelled", said.cancels.getFirst().getReason());
        found(Analysis.State.CONCLUDED, Verdict.PASS);
        recoveries.end(question, "again");
        assertEquals(1, said.cancels.size());
    }

    @Test
    void anEndThatCannotBeToldIsLeftToTheDeadline() {
        server.stop();
        recoveries.end(question, "the rollback was cancelled");
        assertEquals(0, said.cancels.size());
    }

    private RecoveryResult found(Analysis.State state, Verdict verdict) {
        said.say(analysis -> analysis.setState(state).setVerdict(verdict));
        return recoveries.ask(question);
    }

    private static RecoveryQuestion question(String service) {
        return new RecoveryQuestion(UUID.randomUUID(), service, "5f6b7", Duration.ofMinutes(10));
    }
}
