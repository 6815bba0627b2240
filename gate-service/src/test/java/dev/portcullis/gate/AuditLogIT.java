package dev.portcullis.gate;

import static dev.portcullis.gate.testing.GateUnderTest.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.proto.analysis.v1.Verdict;
import dev.portcullis.proto.gate.v1.AbortReleaseRequest;
import dev.portcullis.proto.gate.v1.AuditAction;
import dev.portcullis.proto.gate.v1.ListAuditEntriesRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the audit log of a running gate tells of decisions, people, changes and the configuration. */
final class AuditLogIT extends AuditServiceSetup {
    @Test
    void whatAPersonDoesIsRecordedWithWhoHowAndWhy() {
        var release = gate.poll("c1").path("release").textValue();
        gate.grpc()
                .abortRelease(AbortReleaseRequest.newBuilder()
                        .setName(release)
                        .setReason("payments are failing")
                        .build());
        var entry = json(entries(AuditAction.ABORT_RELEASE).getFirst());
        assertEquals("payments are failing", entry.path("why").textValue());
        assertEquals(release, entry.path("object").textValue());
        assertEquals("checkout", entry.path("service").textValue());
        assertEquals("LOCAL", entry.path("actor").path("kind").textValue());
        assertEquals(
                "gRPC portcullis.gate.v1.GateService/AbortRelease",
                entry.path("source").path("interface").textValue());
        assertEquals("127.0.0.1", entry.path("source").path("address").textValue());
        assertTrue(entry.path("source").path("userAgent").textValue().startsWith("grpc-java"));
        assertEquals(
                "{\"after\":\"ABORTED\",\"before\":\"OPEN\"}",
                entry.path("state").toString());
        assertEquals("ABORT", entry.path("decision").path("outcome").textValue());
        assertEquals("c1", entry.path("release").path("canary").textValue());
        assertEquals("c1", entry.path("rollback").path("from").textValue());
        assertEquals("stable1", entry.path("rollback").path("to").textValue());
        assertFalse(entry.path("policyHash").textValue().isEmpty());
        assertEquals("SUCCESS", entry.path("outcome").textValue());
        var ordered = Await.value("the rollback's entry", LIMIT, () -> entries(AuditAction.ORDER_ROLLBACK).stream()
                .findFirst());
        assertEquals(entry.path("decision").path("name"), json(ordered).path("decision"), ordered::getBody);
        assertTrue(json(ordered).path("rollback").path("name").textValue().startsWith("rollbacks/"));
    }

    @Test
    void everyDecisionOfTheGateIsRecordedWithItsEvidence() {
        var release = gate.poll("c1").path("release").textValue();
        gate.analysis.say("c1", Verdict.PASS, 5);
        Await.until(
                "PROMOTE",
                LIMIT,
                () -> gate.poll("c1").path("decision").textValue().equals("PROMOTE"));
        var entries = entries(AuditAction.DECIDE).stream().map(AuditLogIT::json).toList();
        assertEquals(gate.decisionCount(release), entries.size());
        var promoted = entries.getFirst();
        assertEquals("PROMOTE", promoted.path("decision").path("outcome").textValue());
        assertEquals("gate", promoted.path("actor").path("name").textValue());
        assertEquals("PASS", promoted.path("evidence").path("verdict").textValue());
        assertTrue(promoted.path("evidence").path("analysis").textValue().startsWith("analyses/"));
        assertEquals(
                64, promoted.path("evidence").path("analysisHash").textValue().length());
        var first = entries.getLast();
        assertEquals("HTTP GET /v1/argo", first.path("source").path("interface").textValue());
        assertEquals("127.0.0.1", first.path("source").path("address").textValue());
    }

    @Test
    void aDecisionThatCannotBeRecordedInTheLogIsNoneButAHold() {
        var before = gate.poll("c1");
        var release = before.path("release").textValue();
        var decisions = gate.decisionCount(release);
        gate.execute("alter table audit.entries rename to elsewhere");
        gate.analysis.say("c1", Verdict.FAIL, 5);
        Await.until(
                "a HOLD that says so",
                LIMIT,
                () -> gate.poll("c1").path("reasons").toString().equals("[\"STORE_UNAVAILABLE\"]"));
        var refused = assertThrows(StatusRuntimeException.class, () -> gate.grpc()
                .abortRelease(AbortReleaseRequest.newBuilder()
                        .setName(release)
                        .setReason("payments are failing")
                        .build()));
        assertEquals(Status.Code.UNAVAILABLE, refused.getStatus().getCode());
        assertEquals(decisions, gate.decisionCount(release));
        gate.execute("alter table audit.elsewhere rename to entries");
        Await.until(
                "ABORT",
                LIMIT,
                () -> gate.poll("c1").path("decision").textValue().equals("ABORT"));
    }

    @Test
    void whoReadsIsAnEntryHimself() {
        gate.poll("c1");
        var request = ListAuditEntriesRequest.newBuilder()
                .setService("checkout")
                .setAction(AuditAction.DECIDE)
                .build();
        assertEquals(1, audit().listAuditEntries(request).getEntriesCount());
        var read = json(entries(AuditAction.READ_AUDIT_LOG).get(1));
        assertEquals(
                "{\"action\":\"DECIDE\",\"service\":\"checkout\"}",
                read.path("read").toString());
        signed(AuditAction.DECIDE);
        assertEquals(
                200,
                gate.send(HttpRequest.newBuilder(gate.uri("/audit/tile/entries/000.p/1")))
                        .statusCode());
        assertEquals(
                "entries/000.p/1",
                json(entries(AuditAction.READ_AUDIT_LOG).get(1))
                        .path("read")
                        .path("tile")
                        .textValue());
    }

    @Test
    void theChangesOfAPeriodAreAllOfItsReleases() {
        var first = gate.poll("c1").path("release").textValue();
        gate.grpc()
                .abortRelease(AbortReleaseRequest.newBuilder()
                        .setName(first)
                        .setReason("=1+1 is \"why\"")
                        .build());
        gate.poll("c2");
        var answer = gate.send(
                HttpRequest.newBuilder(gate.uri("/v1/audit/changes?from=2020-01-01&to=9000-01-01T00:00:00Z")));
        assertEquals(200, answer.statusCode(), answer::body);
        var changes = GateUnderTest.json(answer).path("changes");
        assertEquals(2, changes.size());
        var aborted = changes.get(0);
        assertEquals(first, aborted.path("release").textValue());
        assertEquals("ABORTED", aborted.path("state").textValue());
        assertEquals("ABORT", aborted.path("decision").textValue());
        assertEquals("[\"ABORTED_BY_PERSON\"]", aborted.path("reasons").toString());
        assertTrue(aborted.path("override").booleanValue());
        assertEquals("=1+1 is \"why\"", aborted.path("why").textValue());
        assertFalse(aborted.path("policyHash").textValue().isEmpty());
        assertFalse(aborted.path("endTime").textValue().isEmpty());
        assertEquals("c2", changes.get(1).path("canary").textValue());
        assertFalse(changes.get(1).path("override").booleanValue());
        assertEquals("", changes.get(1).path("endTime").textValue());
        assertEquals(
                "{\"changes\":{\"from\":\"2020-01-01T00:00:00Z\",\"to\":\"9000-01-01T00:00:00Z\"}}",
                json(entries(AuditAction.READ_AUDIT_LOG).get(1)).path("read").toString());

        var table = gate.send(
                HttpRequest.newBuilder(gate.uri("/v1/audit/changes?from=2020-01-01&to=9000-01-01&format=csv")));
        assertTrue(table.headers().firstValue("Content-Type").orElseThrow().startsWith("text/csv"));
        var lines = table.body().split("\r\n");
        assertEquals(3, lines.length);
        var heads = new ArrayList<String>();
        aborted.fieldNames().forEachRemaining(heads::add);
        assertEquals(String.join(",", heads), lines[0]);
        assertTrue(lines[1].contains(",\"'=1+1 is \"\"why\"\"\","), lines[1]);
        var none = gate.send(HttpRequest.newBuilder(gate.uri("/v1/audit/changes?from=2020-01-01&to=2020-01-02")));
        assertEquals(0, GateUnderTest.json(none).path("changes").size());
        for (var wrong : List.of(
                "",
                "from=2020-01-01",
                "from=2020-01-01&to=2020-01-01",
                "from=x&to=2020-01-01",
                "from=2020-01-01&to=2021-01-01&format=xml",
                "from=2020-01-01&to=2021-01-01&more=1",
                "from=-1000000-01-01&to=2020-01-01")) {
            assertEquals(
                    400,
                    gate.send(HttpRequest.newBuilder(gate.uri("/v1/audit/changes?" + wrong)))
                            .statusCode(),
                    wrong);
        }
    }

    @Test
    void theContentOfTheConfigurationFolderAndItsChangesAreEntries() {
        var start = json(entries(AuditAction.START_SERVICE).getFirst()).path("configuration");
        var file = start.path("files").get(0);
        assertEquals("checkout.yaml", file.path("name").textValue());
        assertTrue(file.path("text").textValue().contains("service: checkout"), file::toString);
        GateUnderTest.policy(gate.folder, "payments", "");
        var change =
                Await.value("the entry of the change", LIMIT, () -> entries(AuditAction.CHANGE_CONFIGURATION).stream()
                        .findFirst());
        var configuration = json(change).path("configuration");
        assertEquals(start.path("after"), configuration.path("before"));
        assertEquals(1, configuration.path("files").size(), configuration::toString);
        assertEquals(
                "payments.yaml", configuration.path("files").get(0).path("name").textValue());
        assertEquals("gate", json(change).path("actor").path("name").textValue());
        assertEquals(
                configuration.path("after").textValue(),
                json(change).path("policyHash").textValue());
    }
}
