package dev.portcullis.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.Verdict;
import dev.portcullis.proto.gate.v1.Release;
import java.net.URI;
import java.net.http.HttpRequest;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Kayenta's API as Argo Rollouts v1.9.2 uses it (metricproviders/kayenta/kayenta.go). */
final class KayentaArgoIT extends KayentaCalls {
    private void endsUndecided(String canary) {
        gate.analysis.say(canary, analysis -> analysis.setVerdict(Verdict.INCONCLUSIVE)
                .setState(Analysis.State.CONCLUDED)
                .setWindowCount(60));
    }

    @Test
    void argoRolloutsGoesOnAbortsAndPauses() {
        var argo = new Argo(95, 75);
        var good = argo.run("good", "s1");
        assertEquals("Running", argo.resume(good));
        gate.analysis.say("good", Verdict.PASS, 4);
        assertEquals("Successful", argo.resume(good));
        var bad = argo.run("bad", "good");
        fails("bad");
        assertEquals("Failed", argo.resume(bad));
        var open = argo.run("open", "good");
        endsUndecided("open");
        assertEquals("Inconclusive", argo.resume(open));
        var release = newest();
        assertEquals(
                List.of("guestbook", "shop", "open", "good"),
                List.of(release.getRollout(), release.getNamespace(), release.getCanary(), release.getStable()));
    }

    @Test
    void withoutAScoreInBetweenAHoldIsNotComplete() {
        var argo = new Argo(80, 80);
        var id = argo.run("c1", "s1");
        endsUndecided("c1");
        assertEquals("Running", argo.resume(id));
    }

    @Test
    void aCanaryThatNobodyUsesIsPausedAtItsDeadlineAndANewRunWhenAskedAgain() {
        var argo = new Argo(95, 75);
        var id = argo.run("c1", "s1");
        gate.analysis.silence(
                "c1", analysis -> analysis.setVerdict(Verdict.INCONCLUSIVE).setState(Analysis.State.CONCLUDED));
        assertEquals("Inconclusive", argo.resume(id));
        assertEquals("Inconclusive", argo.resume(id), "a look begins nothing anew");
        assertEquals(Release.State.EXPIRED, newest().getState());
        gate.analysis.say("c1", Verdict.CONTINUE, 0);
        assertEquals(id, argo.run("c1", "s1"));
        assertEquals("Running", argo.resume(id));
        assertEquals(2, newest().getRun());
    }

    @Test
    void anExecutionIsKnownAfterARestartAndToEveryReplica() throws Exception {
        var argo = new Argo(95, 75);
        var id = argo.run("c1", "s1");
        gate.restart();
        assertEquals("Running", argo.resume(id));
        assertEquals(id, argo.run("c1", "s1"), "the same question");
        fails("c1");
        try (var other = gate.another()) {
            var there = URI.create("http://127.0.0.1:" + other.httpPort() + "/v1/kayenta/canary/" + id);
            Await.until("the ABORT at the other replica", GateUnderTest.LIMIT, () -> {
                var status = json(send(HttpRequest.newBuilder(there)));
                return status.path("complete").booleanValue()
                        && status.at("/result/judgeResult/score/score").intValue() == 0;
            });
        }
    }

    @Test
    void aHundredQuestionsAtOnceAreOneExecutionAndOneRelease() throws Exception {
        var argo = new Argo(95, 75);
        Set<String> ids = new HashSet<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<String>> calls = new ArrayList<>();
            for (var i = 0; i < 100; i++) {
                calls.add(() -> argo.run("c1", "s1"));
            }
            for (var call : threads.invokeAll(calls)) {
                ids.add(call.get());
            }
        }
        assertEquals(1, ids.size());
        assertEquals(1, gate.analysis.names().size());
    }

    @Test
    void anOutageBehindTheGateIsNoErrorAndNoScore() throws SQLException {
        var argo = new Argo(95, 75);
        var id = argo.run("c1", "s1");
        gate.analysisServer.stop();
        assertEquals("Running", argo.resume(id));
        assertEquals("Running", argo.resume(argo.run("c2", "s1")));
        execute("alter table gate.releases rename to gone");
        assertEquals("Running", argo.resume(id));
        var during = argo.run("c3", "s1");
        assertEquals("Running", argo.resume(during));
        assertEquals(503, cancel(id).statusCode());
        execute("alter table gate.gone rename to releases");
        assertEquals("Running", argo.resume(during), "asked during the outage, known after it");
    }

    @Test
    void aReleaseThatCannotBeReadIsNoErrorAndNoScore() throws SQLException {
        var argo = new Argo(95, 75);
        var id = argo.run("c1", "s1");
        fails("c1");
        argo.resume(id);
        execute("update gate.decisions set figures = '{\"version\": 1}'");
        assertEquals("Running", argo.resume(id));
        var cancelled = cancel(id);
        assertEquals(503, cancelled.statusCode(), cancelled.body());
        assertTrue(json(cancelled).path("message").textValue().contains("decisions.figures of row"), cancelled.body());
    }

    private void execute(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
