package dev.portcullis.gate;

import static dev.portcullis.gate.testing.GateUnderTest.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.portcullis.gate.testing.FakeAnalysis;
import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.kit.database.DatabaseSettings;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.proto.analysis.v1.Verdict;
import dev.portcullis.proto.gate.v1.ListReleasesRequest;
import dev.portcullis.proto.gate.v1.Release;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A gate, and the calls that Flagger's controller v1.44.0 makes of it (pkg/controller/scheduler.go and webhook.go), in the order in which it makes them.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class FlaggerCalls {
    static final int GO = 200;
    static final int HOLD = 403;

    final DatabaseSettings database = TestDatabase.fresh();

    @AutoClose
    GateUnderTest gate;

    @BeforeEach
    void start(@TempDir Path folder) {
        GateUnderTest.policy(folder, "checkout", "");
        gate = new GateUnderTest(folder, database);
    }

    /** A Canary as Flagger holds it. */
    final class Canary {
        final String name;
        final Map<String, String> metadata;
        String phase = "Initialized";
        String checksum = "start";

        Canary(String name, Map<String, String> metadata) {
            this.name = name;
            this.metadata = metadata;
        }

        int call(String hook) {
            return send(hook).statusCode();
        }

        HttpResponse<String> send(String hook) {
            gate.settle();
            return send(gate.uri("/v1/flagger/" + hook), phase, metadata);
        }

        HttpResponse<String> send(URI address, String inPhase, Map<String, String> with) {
            var body = JsonNodeFactory.instance
                    .objectNode()
                    .put("name", name)
                    .put("namespace", "shop")
                    .put("phase", inPhase)
                    .put("checksum", checksum);
            var more = body.putObject("metadata");
            with.forEach(more::put);
            return gate.send(HttpRequest.newBuilder(address)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
        }

        int event(String message) {
            var with = new HashMap<>(metadata);
            with.putAll(Map.of("eventMessage", message, "eventType", "Normal", "timestamp", "1772366400000"));
            return send(gate.uri("/v1/flagger/event"), phase, with).statusCode();
        }

        /** What Flagger does when it finds another revision: it asks until it may, scales up, and has the new checksum with the next tick. */
        void begin(String newChecksum) {
            Await.until("the rollout confirmed", LIMIT, () -> call("confirm-rollout") == GO);
            checksum = newChecksum;
            phase = "Progressing";
        }

        /** A tick before the canary has traffic. */
        int firstTick() {
            assertEquals(HOLD, call("rollback"));
            assertEquals(GO, call("pre-rollout"));
            return call("confirm-traffic-increase");
        }

        void end(String as) {
            phase = as;
            assertEquals(GO, call("post-rollout"));
        }
    }

    Canary checkout() {
        return new Canary("checkout", Map.of());
    }

    List<Release> releases() {
        return gate.grpc()
                .listReleases(
                        ListReleasesRequest.newBuilder().setService("checkout").build())
                .getReleasesList();
    }

    Release newest() {
        return releases().getFirst();
    }

    void fails() {
        gate.analysis.say("checkout", analysis -> analysis.setVerdict(Verdict.FAIL)
                .setWindowCount(2)
                .clearObjectives()
                .addObjectives(FakeAnalysis.violated()));
    }
}
