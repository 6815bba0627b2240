package dev.portcullis.launcher.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.launcher.PortcullisClient;
import dev.portcullis.launcher.Site;
import dev.portcullis.launcher.TestPortcullis;
import dev.portcullis.launcher.services.AllServices;
import dev.portcullis.proto.gate.v1.Drill;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command against the three running services, a webhook and its counterpart in staging. */
final class DrillIT {
    private static final Duration LIMIT = Duration.ofMinutes(4);

    @TempDir
    static Path folder;

    private static Site site;
    private static AllServices services;
    private static PortcullisClient ask;
    private static String release;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private int liveCalls;
    private int stagingCalls;

    @BeforeAll
    static void start() {
        site = new Site();
        services = TestPortcullis.start(site, folder);
        ask = PortcullisClient.of(services);
        release = ask.argoRelease();
    }

    @AfterAll
    static void stop() {
        services.close();
        site.close();
    }

    @BeforeEach
    void nothingIsRestored() {
        site.traffic(false);
        site.stagingStatus.set(200);
        liveCalls = site.webhookRequests().size();
        stagingCalls = site.stagingRequests().size();
    }

    private int drill(String... arguments) {
        List<String> all = new ArrayList<>(List.of("drill"));
        all.addAll(List.of(arguments));
        if (!all.contains("--rollback")) {
            all.addAll(List.of("--rollback", "127.0.0.1:" + ask.rollbackGrpc()));
        }
        if (!all.contains("--gate")) {
            all.addAll(List.of("--gate", "127.0.0.1:" + ask.gateGrpc()));
        }
        return RootCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }

    private void assertTold(String pattern) {
        assertTrue(
                out.toString().lines().anyMatch(line -> line.matches(pattern)),
                () -> pattern + " is missing in\n" + out + err);
    }

    private void assertCalls(int live, int staging) {
        assertEquals(liveCalls + live, site.webhookRequests().size(), "the live webhook");
        assertEquals(stagingCalls + staging, site.stagingRequests().size(), "the staging webhook");
    }

    private static Drill lastDrill() {
        Await.until(
                "the release shows a drill", LIMIT, () -> ask.release(release).hasLastDrill());
        return ask.release(release).getLastDrill();
    }

    @Test
    void aDryRunOfTheNewestReleaseLooksChangesNothingAndShowsInIt() {
        assertEquals(0, drill("checkout", "--dry-run", "--caller", "alice"), () -> out + "" + err);

        assertCalls(0, 0);
        assertTold("dry run of checkout: from c1 to s1, by alice: drill");
        assertTold("stage 1 of 1: webhook checkout http://127.0.0.1:[0-9]+/rollback");
        assertTold("  goal     http://127.0.0.1:[0-9]+/traffic answers restored: true for s1");
        assertTold("  by hand  curl .*'http://127.0.0.1:[0-9]+/rollback'");
        assertTold("  ok       TARGET_READABLE: .*");
        assertTold("rollbacks/[0-9a-f-]{36} has begun");
        assertTold(" +[0-9.]+ s webhook apply: restored: false -> a rehearsal, nothing was done; it would be: curl .*");
        assertTold(" +[0-9.]+ s webhook confirm: a rehearsal, taken as done; in truth .*");
        assertTold("SUCCEEDED: a rehearsal: nothing was changed and recovery was not looked at.*");
        assertTold("drill of checkout took [0-9.]+ s, traffic back after [0-9.]+ s \\(promised: 60 s\\)");
        var shown = lastDrill();
        assertEquals("DRY_RUN", shown.getMode());
        assertEquals("SUCCEEDED", shown.getState());
        assertTrue(shown.hasDuration() && shown.hasTrafficBackAfter(), shown::toString);
        assertTrue(out.toString().contains(shown.getRollback() + " has begun"), shown::toString);
    }

    @Test
    void aDryRunOfWhatIsRestoredAlreadySaysSo() {
        site.traffic(true);

        assertEquals(0, drill("checkout", "--dry-run"), () -> out + "" + err);

        assertCalls(0, 0);
        assertTold("  now      .* \\(there already\\)");
        assertTold(" +[0-9.]+ s webhook apply: restored: true");
    }

    @Test
    void forProgramsItPrintsTheRollbackAsTheApiHasIt() throws Exception {
        assertEquals(0, drill("checkout", "--dry-run", "--output", "json"), () -> out + "" + err);
        var rollback = new ObjectMapper().readTree(out.toString());
        assertEquals("SUCCEEDED", rollback.get("state").asText());
        assertEquals("DRY_RUN", rollback.get("mode").asText());
        assertEquals("checkout", rollback.get("service").asText());
        assertTrue(rollback.get("name").asText().startsWith("rollbacks/"), out::toString);
        assertTrue(rollback.get("steps").size() > 0, out::toString);
    }

    @Test
    void aDrillAgainstStagingCallsOnlyTheStagingWebhookAndThatOnce() {
        assertEquals(
                0,
                drill("checkout", "--staging", "--from", "c2", "--to", "s2", "--reason", "friday"),
                () -> out + "" + err);

        assertCalls(0, 1);
        var body = site.stagingRequests().getLast().body();
        assertTrue(body.contains("\"from\":\"c2\"") && body.contains("\"reason\":\"friday\""), body);
        assertTold("staging drill of checkout: from c2 to s2, by .+: friday");
        assertEquals("STAGING", lastDrill().getMode());
    }

    @Test
    void aDrillThatFailsSaysWhyAndIsNoSuccess() {
        site.stagingStatus.set(422);

        assertEquals(1, drill("checkout", "--staging"), () -> out + "" + err);

        assertCalls(0, 1);
        assertTold("FAILED: .*422.*");
        assertTold("drill of checkout took [0-9.]+ s, traffic was not seen back \\(promised: 60 s\\)");
        assertEquals("FAILED", lastDrill().getState());
    }

    @Test
    void withoutAReleaseItAsksForTheRevisions() {
        assertEquals(1, drill("cart", "--dry-run"));
        assertEquals(
                "no release of service 'cart' is known; if the name is right, it has had none yet: name the revisions with"
                        + " --from and --to",
                err.toString().strip());
    }

    @Test
    void aServiceThatIsMisspeltIsToldWithTheRightName() {
        assertEquals(1, drill("chekout", "--dry-run"));
        assertTrue(
                err.toString().startsWith("no release of service 'chekout' is known (did you mean 'checkout'?); if"),
                err::toString);
    }

    @Test
    void whatRollbackServiceRefusesIsToldWithItsReason() {
        assertEquals(1, drill("cart", "--dry-run", "--from", "c1", "--to", "s1"));
        assertEquals(
                "the drill cannot be prepared: NO_ROLLBACK_TARGET: no ReleasePolicy of service 'cart' has a rollback"
                        + " target; nothing was started: add spec.rollback to its policy",
                err.toString().strip());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --rollback | the drill cannot be prepared: rollback-service at 127.0.0.1:1: it cannot be reached; start it (./portcullis up), or name it with --rollback HOST:PORT
                    --gate     | cannot ask which revisions to rehearse: gate-service at 127.0.0.1:1: it cannot be reached; start it (./portcullis up), or name it with --gate HOST:PORT
                    """)
    void aServiceThatIsAwayIsNamedWithItsOption(String option, String told) {
        assertEquals(1, drill("checkout", "--dry-run", option, "127.0.0.1:1"));
        assertEquals(told, err.toString().strip());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    checkout                                   | --dry-run
                    checkout --dry-run --staging               | --dry-run and --staging are both given; legal: one of them
                    --dry-run                                  | SERVICE
                    checkout --dry-run --rollback nowhere      | --rollback is 'nowhere'; legal: HOST:PORT with a port from 1 to 65535
                    checkout --dry-run --from c1 --to c1       | --to is 'c1', which is also the revision to leave; name the one to return to
                    checkout --dry-run --from {{canary}}       | --from is '{{canary}}', which has '{{': a template that was not filled in
                    {{service}} --dry-run                      | SERVICE is '{{service}}'
                    checkout --staging --gate 127.0.0.1:70000  | --gate is '127.0.0.1:70000'; legal: HOST:PORT with a port from 1 to 65535
                    """)
    void wrongWordsAreRefusedBeforeAnythingIsAsked(String arguments, String told) {
        assertEquals(2, drill(arguments.split(" ")));
        assertTrue(err.toString().contains(told), err::toString);
        assertCalls(0, 0);
    }
}
