package dev.portcullis.launcher.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.launcher.PortcullisClient;
import dev.portcullis.launcher.Site;
import dev.portcullis.launcher.TestPortcullis;
import dev.portcullis.launcher.services.AllServices;
import dev.portcullis.proto.gate.v1.DecisionReason;
import dev.portcullis.proto.gate.v1.EvaluateGateRequest;
import dev.portcullis.proto.gate.v1.Release;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Decisions that the three running services have made are computed again by {@code explain}. With {@code -Dportcullis.records=FOLDER} their records are written there, as the test
 * of golden records reads them.
 */
final class ExplainIT {
    private static final Duration LIMIT = Duration.ofMinutes(4);

    @TempDir
    static Path folder;

    private static Site site;
    private static AllServices services;
    private static PortcullisClient ask;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void start() {
        site = new Site();
        services = TestPortcullis.start(site, folder);
        ask = PortcullisClient.of(services);
    }

    @AfterAll
    static void stop() {
        services.close();
        site.close();
    }

    /** The canary is good at first and then bad, so that its release has decisions of each kind. */
    @Test
    void everyDecisionByEvidenceIsTheSameWhenItIsComputedAgain() throws Exception {
        var release = release("c1");
        Await.until("a decision by windows", LIMIT, () -> ask.decisions(release).stream()
                .anyMatch(decision -> decision.getReasonsList().contains(DecisionReason.CANARY_WITHIN_LIMITS)));
        keep("PROMOTE-by-evidence", release);
        var promoted = folder.resolve("promoted.json");
        assertEquals(0, explain(release, "--save", promoted.toString()), err::toString);
        ask.opened(EvaluateGateRequest.newBuilder()
                .setService("checkout")
                .setRollout("c1")
                .setCanary("c1")
                .setRules("- minimumBake: {for: 30d}")
                .build());
        Await.until("a decision by a rule of a question", LIMIT, () -> ask.decisions(release).stream()
                .anyMatch(decision -> decision.getReasonsList().contains(DecisionReason.BAKE_UNFINISHED)));

        site.canaryBad.set(200);
        Await.until("the release aborted", LIMIT, () -> ask.release(release).getState() == Release.State.ABORTED);
        var decisions = ask.decisions(release);
        assertEquals("ABORT", decisions.getFirst().getOutcome().name());
        for (var decision : decisions) {
            keep(decision.getOutcome() + "-by-evidence-" + decision.getReasons(0), decision.getName());
            assertEquals(0, explain(decision.getName(), "--output", "json"), () -> out + " " + err);
            assertEquals(0, json().path("differences").size());
            assertEquals("SAME", json().path("auditLogResult").asText());
        }
        assertEquals(0, explain(release), err::toString);
        assertTrue(out.toString().contains("the same, letter for letter"), out::toString);
        assertTrue(out.toString().contains("its entry has the hash of this analysis"), out::toString);
        assertSavedRecordIsExplained(promoted);
    }

    /** No service is asked: none of these tests listens where the command would look for one. */
    private void assertSavedRecordIsExplained(Path file) throws IOException {
        assertEquals(0, run("explain", "--file", file.toString()), err::toString);
        Files.writeString(file, Files.readString(file).replace("\"verdict\": \"PASS\"", "\"verdict\": \"FAIL\""));
        assertEquals(4, run("explain", "--file", file.toString()), err::toString);
        assertTrue(out.toString().contains("analysis.verdict: on record \"FAIL\", computed \"PASS\""), out::toString);
    }

    @Test
    void aPersonsDecisionRestsOnAnAnalysisThatIsComputedAgain() throws Exception {
        var release = release("c2");
        assertEquals(0, run("release", "promote", release, "--reason", "by hand", "--gate", gate()), err::toString);
        keep("by-a-person", release);
        assertEquals(0, explain(release, "--output", "json"), err::toString);
        assertEquals("SAME", json().path("analysisResult").asText());
        assertEquals("NOT_COMPUTED", json().path("decisionResult").asText());
    }

    @Test
    void whatIsNoDecisionAndNoRecordIsToldSo() throws IOException {
        assertEquals(2, run("explain"));
        assertEquals(2, explain("nonsense"));
        var file = folder.resolve("no.json");
        assertEquals(1, run("explain", "--file", file.toString()));
        Files.writeString(file, "[]");
        assertEquals(1, run("explain", "--file", file.toString()));
        assertTrue(err.toString().contains(file + " is no record of a decision"), err::toString);
    }

    private void keep(String name, String what) {
        var golden = System.getProperty("portcullis.records");
        if (golden != null) {
            assertEquals(
                    0, explain(what, "--save", Path.of(golden, name + ".json").toString()), err::toString);
        }
    }

    private String gate() {
        return "127.0.0.1:" + ask.gateGrpc();
    }

    private String release(String canary) {
        return ask.opened(canary, false).getName();
    }

    private int explain(String what, String... options) {
        List<String> all = new ArrayList<>(List.of("explain", what, "--gate", gate()));
        all.addAll(List.of(options));
        return run(all.toArray(String[]::new));
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        return RootCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private JsonNode json() throws Exception {
        return new ObjectMapper().readTree(out.toString());
    }
}
