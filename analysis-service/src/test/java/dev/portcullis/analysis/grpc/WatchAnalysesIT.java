package dev.portcullis.analysis.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.rpc.ProtoTimes;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.GetAnalysisRequest;
import dev.portcullis.proto.analysis.v1.Recovery;
import dev.portcullis.proto.analysis.v1.StartAnalysisRequest;
import dev.portcullis.proto.analysis.v1.Verdict;
import dev.portcullis.proto.analysis.v1.WatchAnalysesRequest;
import dev.portcullis.proto.analysis.v1.WatchAnalysesResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Iterator;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** WatchAnalyses over gRPC, with one or two replicas on one PostgreSQL, of which either may poll. */
@Timeout(120)
final class WatchAnalysesIT {
    @TempDir
    Path folder;

    @TempDir
    Path otherFolder;

    private static Iterator<WatchAnalysesResponse> watch(AnalysisFixture fixture, String position) {
        return fixture.stub.watchAnalyses(
                WatchAnalysesRequest.newBuilder().setPosition(position).build());
    }

    private static Analysis first(Iterator<WatchAnalysesResponse> stream, Predicate<Analysis> wanted) {
        while (true) {
            for (var analysis : stream.next().getAnalysesList()) {
                if (wanted.test(analysis)) {
                    return analysis;
                }
            }
        }
    }

    @Test
    void bothReplicasTellTheWholeAnalysisAsGetAnalysisAnswersIt() {
        var database = TestDatabase.fresh();
        try (var one = new AnalysisFixture(folder, database);
                var two = new AnalysisFixture(otherFolder, database)) {
            var atOne = watch(one, "");
            var atTwo = watch(two, "");
            assertEquals(0, atOne.next().getAnalysesCount());
            assertEquals(0, atTwo.next().getAnalysesCount());
            one.canaryFails(300);
            two.canaryFails(300);
            var name = one.start().getName();
            var told = first(atOne, analysis -> analysis.getVerdict() == Verdict.FAIL);
            assertEquals(told, first(atTwo, analysis -> analysis.getVerdict() == Verdict.FAIL));
            assertEquals(name, told.getName());
            assertEquals(
                    told,
                    two.stub.getAnalysis(
                            GetAnalysisRequest.newBuilder().setName(name).build()));
        }
    }

    @Test
    void revisionsRise() {
        try (var fixture = new AnalysisFixture(folder)) {
            var stream = watch(fixture, "");
            stream.next();
            var started = fixture.start();
            var before = started.getRevision();
            for (var i = 0; i < 3; i++) {
                var least = before;
                before = first(stream, analysis -> analysis.getRevision() > least)
                        .getRevision();
            }
            assertTrue(fixture.get(started.getName()).getRevision() >= before);
        }
    }

    @Test
    void whoGoesOnFromAPositionMissesNothing() {
        try (var fixture = new AnalysisFixture(folder)) {
            var position = watch(fixture, "").next().getPosition();
            var name = fixture.start().getName();
            fixture.stub.cancelAnalysis(dev.portcullis.proto.analysis.v1.CancelAnalysisRequest.newBuilder()
                    .setName(name)
                    .setReason("the test wants it")
                    .build());
            var message = watch(fixture, position).next();
            assertEquals(1, message.getAnalysesCount());
            assertEquals(Analysis.State.CANCELLED, message.getAnalyses(0).getState());
        }
    }

    @Test
    void everyLookTellsHowCurrentItIs() {
        try (var fixture = new AnalysisFixture(folder)) {
            var begun = System.nanoTime();
            var stream = watch(fixture, "");
            var before = Duration.ZERO;
            for (var look = 0; look < 5; look++) {
                var message = stream.next();
                assertFalse(message.getPosition().isEmpty());
                var elapsed = ProtoTimes.duration(message.getElapsed());
                assertTrue(elapsed.compareTo(before) >= 0, elapsed + " after " + before);
                assertTrue(elapsed.toNanos() <= System.nanoTime() - begun, "told from the arrival of the call");
                before = elapsed;
            }
        }
    }

    @Test
    void aRecordThatIsDeletedOrCannotBeReadIsLost() throws SQLException {
        var database = TestDatabase.fresh();
        try (var fixture = new AnalysisFixture(folder, database)) {
            var name = fixture.start().getName();
            var id = name.substring(name.indexOf('/') + 1);
            var stream = watch(fixture, "");
            stream.next();
            try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                    var statement = connection.createStatement()) {
                statement.execute(
                        "update analysis.analysis set version = version + 1, plan = '{}' where id = '" + id + "'");
                assertLost(name, stream);
                statement.execute("insert into analysis.deleted_record (id, delete_time, retention) values ('" + id
                        + "', now(), 'P13M'); delete from analysis.analysis where id = '" + id + "'");
                assertLost(name, stream);
            }
        }
    }

    private static void assertLost(String name, Iterator<WatchAnalysesResponse> stream) {
        while (!stream.next().getLostList().contains(name)) {
            // Heartbeats, and what was told before.
        }
    }

    @Test
    void aRecoveryIsNotTold() {
        try (var fixture = new AnalysisFixture(folder)) {
            var stream = watch(fixture, "");
            stream.next();
            var recovery = fixture.stub.startAnalysis(StartAnalysisRequest.newBuilder()
                    .setService("checkout")
                    .setCanary("old")
                    .setRecovery(Recovery.newBuilder().setWithin(ProtoTimes.duration(Duration.ofMinutes(5))))
                    .build());
            var release = fixture.start();
            var told = first(stream, analysis -> true);
            assertEquals(release.getName(), told.getName());
            assertFalse(told.getName().equals(recovery.getName()));
        }
    }

    @Test
    void aPositionOfAnotherDatabaseIsRefused() {
        try (var fixture = new AnalysisFixture(folder)) {
            for (var position : new String[] {"900000000000:900000000000:", "nonsense", "1:2:3:4"}) {
                Errors.expectInvalid("position", () -> watch(fixture, position).next());
            }
        }
    }

    @Test
    void aServiceThatStopsEndsTheStreamAsUnavailable() {
        var fixture = new AnalysisFixture(folder);
        var stream = watch(fixture, "");
        stream.next();
        fixture.service.close();
        var end = assertThrows(StatusRuntimeException.class, () -> {
            while (true) {
                stream.next();
            }
        });
        assertEquals(Status.Code.UNAVAILABLE, end.getStatus().getCode());
        fixture.close();
    }
}
