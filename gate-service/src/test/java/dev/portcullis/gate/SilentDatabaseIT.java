package dev.portcullis.gate;

import static dev.portcullis.gate.testing.GateUnderTest.LIMIT;
import static dev.portcullis.gate.testing.GateUnderTest.SHORT_STATEMENTS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.kit.database.EmbeddedDatabase;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.DataFolders;
import dev.portcullis.kit.testing.DatabaseProxy;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.proto.gate.v1.GetReleaseRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A database that neither answers nor refuses: behind a network that has fallen silent, and with its processes stopped. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class SilentDatabaseIT {
    /** What Argo Rollouts waits for an answer at most before it counts an error, with room for a slow machine. */
    private static final Duration ANSWER = Duration.ofSeconds(5);

    @TempDir
    Path folder;

    @BeforeEach
    void configure() {
        GateUnderTest.policy(folder, "checkout", "");
    }

    @Test
    void aNetworkThatFallsSilentMeansHoldUntilItIsBackAndTheReviewGoesOn() throws Exception {
        try (var proxy = new DatabaseProxy(TestDatabase.fresh());
                var gate = new GateUnderTest(folder, proxy.settings(), SHORT_STATEMENTS)) {
            var name = poll(gate).path("release").textValue();
            proxy.fallSilent();
            gate.awaitStale();
            for (int i = 0; i < 3; i++) {
                assertUnavailable(poll(gate));
                assertNotReady(gate, "jdbc:postgresql://127.0.0.1:");
            }
            var get = GetReleaseRequest.newBuilder().setName(name).build();
            var e = assertThrows(StatusRuntimeException.class, () -> gate.grpc().getRelease(get));
            assertEquals(Status.Code.UNAVAILABLE, e.getStatus().getCode());
            proxy.recover();
            Await.until("an answer again", LIMIT, () -> isRecorded(poll(gate)));
            Await.until("ready again", LIMIT, () -> readiness(gate).statusCode() == 200);
            gate.analysis.say("c1", dev.portcullis.proto.analysis.v1.Verdict.PASS, 4);
            Await.until("the review's decision", LIMIT, () -> gate.decisionCount(name) >= 2);
        }
    }

    @Test
    void aServerThatIsStoppedMeansHoldUntilItGoesOn(@TempDir Path data) throws Exception {
        DataFolders.fill(data);
        try (var database = EmbeddedDatabase.start(data);
                var gate = new GateUnderTest(folder, database.settings(), SHORT_STATEMENTS)) {
            poll(gate);
            // The server first: then it starts no session that would be missed.
            signal("-STOP", processes(data).subList(0, 1));
            var processes = processes(data);
            try {
                signal("-STOP", processes);
                gate.awaitStale();
                for (int i = 0; i < 3; i++) {
                    assertUnavailable(poll(gate));
                    assertNotReady(gate, database.settings().url());
                }
            } finally {
                signal("-CONT", processes);
            }
            Await.until("an answer again", LIMIT, () -> isRecorded(poll(gate)));
        }
    }

    private static void assertUnavailable(JsonNode answer) {
        assertEquals("HOLD", answer.path("decision").textValue(), answer.toString());
        assertEquals("[\"STORE_UNAVAILABLE\"]", answer.path("reasons").toString());
    }

    private static boolean isRecorded(JsonNode answer) {
        return !answer.path("decisionId").textValue().isEmpty();
    }

    private static void assertNotReady(GateUnderTest gate, String address) {
        var response = readiness(gate);
        assertEquals(503, response.statusCode());
        assertTrue(response.body().contains(address), response.body());
    }

    private static HttpResponse<String> readiness(GateUnderTest gate) {
        return gate.send(HttpRequest.newBuilder(gate.uri("/health/readiness")).timeout(ANSWER));
    }

    private static JsonNode poll(GateUnderTest gate) {
        var query = "service=checkout&namespace=shop&rollout=checkout&canary=c1&stable=stable1&revision=7&step=1";
        var response =
                gate.send(HttpRequest.newBuilder(gate.uri("/v1/argo?" + query)).timeout(ANSWER));
        assertEquals(200, response.statusCode(), response.body());
        return GateUnderTest.json(response);
    }

    private static List<String> processes(Path data) throws IOException {
        var server = Long.parseLong(
                Files.readAllLines(data.resolve("postgres/postmaster.pid")).getFirst());
        var process = ProcessHandle.of(server).orElseThrow();
        return Stream.concat(Stream.of(process), process.descendants())
                .map(one -> Long.toString(one.pid()))
                .toList();
    }

    private static void signal(String signal, List<String> processes) throws Exception {
        var command = new ArrayList<>(List.of("kill", signal));
        command.addAll(processes);
        // A session may have ended meanwhile, which is told and does not matter.
        new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
