package dev.portcullis.launcher.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.gate.release.ReleaseKey;
import dev.portcullis.gate.release.ReleaseStart;
import dev.portcullis.gate.release.Releases;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.launcher.PortcullisClient;
import dev.portcullis.launcher.Site;
import dev.portcullis.launcher.TestPortcullis;
import dev.portcullis.launcher.services.AllServices;
import dev.portcullis.proto.gate.v1.EvaluateGateRequest;
import dev.portcullis.proto.gate.v1.GateServiceGrpc;
import dev.portcullis.proto.gate.v1.GateServiceGrpc.GateServiceBlockingStub;
import dev.portcullis.proto.gate.v1.PromoteReleaseRequest;
import dev.portcullis.proto.gate.v1.Release;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The commands of {@code release} against the three running services. */
final class ReleaseIT {
    private static final Duration LIMIT = Duration.ofMinutes(4);

    @TempDir
    static Path folder;

    private static Site site;
    private static AllServices services;
    private static ManagedChannel channel;
    private static PortcullisClient ask;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void start() {
        site = new Site();
        services = TestPortcullis.start(site, folder);
        ask = PortcullisClient.of(services);
        channel = Grpc.newChannelBuilder(gate(), InsecureChannelCredentials.create())
                .build();
    }

    @AfterAll
    static void stop() {
        channel.shutdownNow();
        services.close();
        site.close();
    }

    private static String gate() {
        return "127.0.0.1:" + ask.gateGrpc();
    }

    /** Each with a canary of its own that has no pods, so that nobody but the test decides on it. */
    private static Release open(String canary) {
        return open(canary, false);
    }

    private static Release open(String canary, boolean dryRun) {
        return ask.opened(canary, dryRun);
    }

    private static GateServiceBlockingStub stub() {
        return GateServiceGrpc.newBlockingStub(channel);
    }

    private static String id(Release release) {
        return release.getName().substring(release.getName().lastIndexOf('/') + 1);
    }

    private int release(String... arguments) {
        return run(Ansi.OFF, arguments);
    }

    private int run(Ansi ansi, String... arguments) {
        List<String> all = new ArrayList<>(List.of("release"));
        all.addAll(List.of(arguments));
        if (!all.contains("--gate")) {
            all.addAll(List.of("--gate", gate()));
        }
        return RootCommand.commandLine()
                .setColorScheme(CommandLine.Help.defaultColorScheme(ansi))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }

    private JsonNode json() throws Exception {
        return new ObjectMapper().readTree(out.toString());
    }

    private void assertTold(String pattern) {
        assertTrue(
                out.toString().lines().anyMatch(line -> line.matches(pattern)),
                () -> pattern + " is missing in\n" + out + err);
    }

    @Test
    void releasesAreListedByServiceAndState() throws Exception {
        var open = open("list1");
        var dry = open("list2", true);
        assertEquals(0, release("list", "--service", "checkout", "--limit", "500"), err::toString);
        assertTold("STATE +DECISION +SERVICE +CANARY +STABLE +RUN +OPENED +UUID");
        assertTold("OPEN +HOLD +checkout +list1 +s1 +1 +20[0-9TZ:-]+ +" + id(open));
        assertTold("OPEN \\(dry run\\) +HOLD +checkout +list2 .*" + id(dry));
        out.getBuffer().setLength(0);
        assertEquals(0, release("list", "--state", "OPEN", "--limit", "1", "--output", "json"), err::toString);
        assertEquals(1, json().path("releases").size());
        assertEquals("OPEN", json().path("releases").get(0).path("state").asText());
        out.getBuffer().setLength(0);
        assertEquals(0, release("list", "--service", "nobody", "--output", "json"));
        assertEquals(0, json().path("releases").size());
        assertTrue(json().has("releases"), out::toString);
        out.getBuffer().setLength(0);
        assertEquals(0, release("list", "--service", "nobody"));
        assertEquals("no release", out.toString().strip());
    }

    @Test
    void oneIsShownByItsNameItsUuidAndItsBeginning() throws Exception {
        var opened = open("show1");
        for (var text : List.of(
                opened.getName(),
                id(opened),
                id(opened).substring(0, 8),
                id(opened).toUpperCase())) {
            out.getBuffer().setLength(0);
            assertEquals(0, release("show", text), err::toString);
            assertTold(opened.getName());
            assertTold("  state +OPEN, opened 20.*");
            assertTold("  decision +HOLD [A-Z_]+, 20.*");
            assertTold("  canary +show1, run 1");
            assertTold("  stable +s1");
            assertTold("  users +no request of the canary was seen");
        }
        out.getBuffer().setLength(0);
        assertEquals(0, release("show", id(opened), "--output", "json"), err::toString);
        assertEquals(opened.getName(), json().path("name").asText());
        assertEquals("OPEN", json().path("state").asText());
    }

    @Test
    void rulesThatQuestionsAddedAreShown() throws Exception {
        var opened = ask.opened(EvaluateGateRequest.newBuilder()
                .setService("checkout")
                .setRollout("show2")
                .setCanary("show2")
                .setStable("s1")
                .setRules("[{minimumBake: {for: 2h}}, {approvals: {name: two, count: 2}}]")
                .build());

        assertEquals(0, release("show", id(opened)), err::toString);

        assertTold("  rules +question/minimumBake  \\{\"minimumBake\":\\{\"for\":\"2h\"}}");
        assertTold("   +question/two  \\{\"approvals\":\\{\"count\":2,\"name\":\"two\"}}");
    }

    @Test
    void aBeginningThatSeveralHaveIsToldWithTheirNames() {
        var names = new ArrayList<String>();
        for (var end = 0; end < 6; end++) {
            var id = UUID.fromString("abcdabcd-0000-4000-8000-00000000000" + end);
            var key = new ReleaseKey("checkout", "", "twins", "twin" + end, "");
            var start = new ReleaseStart(id, key, 1, false, "s1", "", Instant.now());
            names.addFirst(services.gate().get(Releases.class).open(start).name());
        }
        assertEquals(1, release("show", "abcdabcd"));
        assertEquals(
                "the UUIDs of several releases begin with 'abcdabcd': " + String.join(", ", names.subList(0, 4))
                        + " and more; give more of its characters",
                err.toString().strip());
        assertEquals(0, release("show", "abcdabcd-0000-4000-8000-000000000003"));
        assertTold("services/checkout/releases/abcdabcd-0000-4000-8000-000000000003");
    }

    @Test
    void whyShowsTheEvidenceOfEachObjectiveAndTheDecisions() throws Exception {
        var measured = ask.opened(EvaluateGateRequest.newBuilder()
                .setService("checkout")
                .setCanary("c1")
                .setStable("s1")
                .build());
        Await.until("counts", LIMIT, () -> {
            out.getBuffer().setLength(0);
            return release("why", id(measured)) == 0
                    && out.toString()
                            .lines()
                            .anyMatch(
                                    line -> line.matches(
                                            "  objective +checkout-availability: canary 0 of [1-9][0-9,]* bad \\(0 %\\), stable version 0 of"
                                                    + " [0-9,]+ bad \\(0 %\\); against the SLO fails [0-9.]+ : 1, passes .*; against the stable version fails .*"));
        });
        assertTold(".* is OPEN, its canary 'c1'");
        assertTold("  evidence +against [0-9.,]+ : 1 \\(abort at 100 : 1\\), for [0-9.,]+ : 1 \\(promote at 20 : 1\\)");
        assertTold("decisions, newest first.*");
        out.getBuffer().setLength(0);
        assertEquals(0, release("why", id(measured), "--limit", "1", "--output", "json"), err::toString);
        assertEquals(measured.getName(), json().path("release").path("name").asText());
        assertTrue(json().path("decision").path("analysis").has("objectives"), out::toString);
        assertEquals(1, json().path("decisions").size());
    }

    @Test
    void aPersonPromotesAndAborts() throws Exception {
        var good = open("hand1");
        assertEquals(0, release("promote", id(good), "--reason", "tested by alice"), err::toString);
        assertTold("20[0-9TZ:-]+  PROMOTED    PROMOTE PROMOTED_BY_PERSON: .*tested by alice");
        out.getBuffer().setLength(0);
        assertEquals(0, release("why", id(good)), err::toString);
        assertTold("  20.*  PROMOTE PROMOTED_BY_PERSON, by local: tested by alice");
        assertEquals(1, release("promote", id(good), "--reason", "again"));
        assertEquals(
                "the release cannot be promoted: RELEASE_ENDED: release " + good.getName() + " ended as PROMOTED",
                err.toString().strip());
        var bad = open("hand2");
        out.getBuffer().setLength(0);
        assertEquals(0, release("abort", id(bad), "--reason", "payments fail", "--output", "json"));
        assertEquals("ABORTED", json().path("state").asText());
        Await.until("its rollback", LIMIT, () -> {
            out.getBuffer().setLength(0);
            return release("show", id(bad), "--output", "json") == 0
                    && json().path("rollback").asText().startsWith("rollbacks/");
        });
    }

    @ParameterizedTest
    @CsvSource({"promote, 0", "abort, 1", "supersede, 2"})
    void aReleaseIsFollowedToItsEnd(String end, int exitCode) throws Exception {
        var followed = open("watch-" + end, end.equals("supersede"));
        var watching = CompletableFuture.supplyAsync(() -> release("watch", id(followed)));
        Await.until("the first line", LIMIT, () -> out.toString().contains("  OPEN "));
        if (end.equals("supersede")) {
            open("watch-" + end, false);
        } else {
            assertEquals(
                    0,
                    RootCommand.commandLine()
                            .setOut(new PrintWriter(new StringWriter()))
                            .execute("release", end, id(followed), "--reason", "by hand", "--gate", gate()));
        }
        assertEquals(exitCode, ended(watching), () -> out + "" + err);
        assertTrue(out.toString().lines().count() >= 2, out::toString);
        assertFalse(out.toString().contains("\u001b"), out::toString);
    }

    private static int ended(CompletableFuture<Integer> watching)
            throws InterruptedException, ExecutionException, TimeoutException {
        return watching.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void aReleaseThatHasEndedIsToldAtOnceAndDrawnOnATerminal() throws Exception {
        var aborted = open("ended1");
        assertEquals(0, release("abort", id(aborted), "--reason", "no"));
        // Where it takes longer to begin than the answer waits, the rollback is told later.
        Await.until("its rollback", LIMIT, () -> {
            out.getBuffer().setLength(0);
            assertEquals(1, release("watch", aborted.getName()));
            return out.toString().contains("; rollback: rollbacks/");
        });
        assertTold("20[0-9TZ:-]+  ABORTED     ABORT ABORTED_BY_PERSON: .*; rollback: rollbacks/.*");
        out.getBuffer().setLength(0);
        assertEquals(1, run(Ansi.ON, "watch", aborted.getName()));
        assertTrue(out.toString().startsWith("\u001b[H\u001b[2J" + aborted.getName()), out::toString);
        out.getBuffer().setLength(0);
        assertEquals(1, release("watch", aborted.getName(), "--output", "json"));
        assertEquals(1, out.toString().lines().count());
        assertEquals("ABORTED", json().path("state").asText());
    }

    @Test
    void aServiceIsFollowedByItsNewestOpenRelease() throws Exception {
        var newest = open("newest1");
        var watching =
                CompletableFuture.supplyAsync(() -> release("watch", "--service", "checkout", "--output", "json"));
        Await.until("the newest", LIMIT, () -> out.toString().contains(newest.getName()));
        stub().promoteRelease(PromoteReleaseRequest.newBuilder()
                .setName(newest.getName())
                .setReason("fine")
                .build());
        assertEquals(0, ended(watching), () -> out + "" + err);
        assertEquals(3, release("watch", "--service", "nobody"));
        assertTrue(err.toString().startsWith("no open release of service 'nobody' is known; "), err::toString);
    }

    @ParameterizedTest
    @CsvSource({"show, 1", "why, 1", "watch, 3"})
    void aReleaseThatIsNotThereIsToldAndNeverTakenForAnAbort(String command, int exitCode) {
        assertEquals(exitCode, release(command, "00000000"));
        assertEquals(
                "no release whose UUID begins with '00000000'", err.toString().strip());
        err.getBuffer().setLength(0);
        var name = "services/checkout/releases/00000000-0000-0000-0000-000000000000";
        assertEquals(exitCode, release(command, name));
        assertTrue(err.toString().strip().endsWith("RELEASE_NOT_FOUND: no release " + name), err::toString);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    list                         | the releases cannot be listed
                    show 12345678                | the release cannot be looked for
                    why 12345678                 | the release cannot be looked for
                    watch --service checkout     | the releases cannot be listed
                    promote 12345678 --reason r  | the release cannot be looked for
                    abort 12345678 --reason r    | the release cannot be looked for
                    """)
    void aGateThatIsAwayIsToldWithItsAddress(String arguments, String told) {
        var all = new ArrayList<>(List.of(arguments.split(" ")));
        all.addAll(List.of("--gate", "127.0.0.1:1"));
        assertEquals(3, release(all.toArray(String[]::new)));
        assertEquals(
                told
                        + ": gate-service at 127.0.0.1:1: it cannot be reached; start it (./portcullis up), or name it with"
                        + " --gate HOST:PORT",
                err.toString().strip());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    2  | show                       | RELEASE is missing
                    2  | show 1234567               | RELEASE is '1234567'; legal: services/{service}/releases/{uuid}, or its UUID, or the first 8
                    2  | show checkout              | RELEASE is 'checkout'; legal:
                    2  | promote 12345678           | --reason is missing
                    2  | list --limit 0             | --limit is '0'; legal: 1 to 10000
                    2  | list --state CLOSED        | --state is 'CLOSED'; legal: OPEN, PROMOTED, ABORTED, SUPERSEDED, EXPIRED
                    2  | list --gate nowhere        | --gate is 'nowhere'; legal: HOST:PORT
                    2  | shwo                       | there is no command 'shwo' (did you mean 'show'?); legal: list, show, why, watch, promote, abort
                    64 | watch                      | RELEASE or --service is missing
                    64 | watch 12345678 --service s | RELEASE and --service are both given; legal: one of them
                    64 | watch x                    | RELEASE is 'x'; legal:
                    """)
    void wrongWordsAreRefusedBeforeAnythingIsAsked(int exitCode, String arguments, String told) {
        assertEquals(exitCode, release(arguments.split(" ")));
        assertTrue(err.toString().startsWith(told), err::toString);
    }
}
