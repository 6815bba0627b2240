package dev.portcullis.launcher.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.testing.Await;
import dev.portcullis.launcher.PortcullisClient;
import dev.portcullis.launcher.Site;
import dev.portcullis.launcher.TestPortcullis;
import dev.portcullis.launcher.services.AllServices;
import dev.portcullis.proto.gate.v1.Decision;
import dev.portcullis.proto.gate.v1.DecisionReason;
import dev.portcullis.proto.gate.v1.Outcome;
import dev.portcullis.proto.gate.v1.Release;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the three running services make of FAILs that do not simply abort a canary, and {@code explain} of that. */
final class WatchedReleaseIT {
    private static final Duration LIMIT = Duration.ofMinutes(4);

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final Site site = new Site();
    private AllServices services;
    private PortcullisClient ask;

    private void start(String severity, String gate) throws IOException {
        var configuration = folder.resolve("config");
        site.configure(configuration);
        var file = configuration.resolve("checkout.yaml");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("severity: critical", "severity: " + severity)
                        .replace("deadline: 10m", "deadline: 90s")
                        .replaceFirst("( *)arms: (.*)", "$1arms: $2\n$1gate: " + gate));
        services = TestPortcullis.startEmpty(folder, Map.of());
        ask = PortcullisClient.of(services);
    }

    @AfterEach
    void stop() {
        services.close();
        site.close();
    }

    private Decision latest(String release) {
        return ask.decisions(release).getFirst();
    }

    private int explain(String what) {
        out.getBuffer().setLength(0);
        return RootCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .execute("explain", what, "--gate", "127.0.0.1:" + ask.gateGrpc());
    }

    @Test
    void aVersionThatTurnsBadAfterItsPromotionIsRolledBackAndAllOfItIsExplained() throws IOException {
        start("critical", "{bakeAfter: 10m}");
        var release = ask.opened("c1", false).getName();
        Await.until("the promotion", LIMIT, () -> ask.release(release).hasWatchEndTime());
        var promoted = latest(release);
        assertEquals(Outcome.PROMOTE, promoted.getOutcome());
        site.canaryBad.set(200);
        Await.until("the abort", LIMIT, () -> ask.release(release).getState() == Release.State.ABORTED);
        assertEquals(DecisionReason.FAILED_AFTER_PROMOTION, latest(release).getReasons(0));
        Await.until("the rollback", LIMIT, () -> !site.webhookRequests().isEmpty());
        assertEquals(0, explain(latest(release).getName()), out::toString);
        assertTrue(out.toString().contains("decision    the same, letter for letter"), out::toString);
        assertEquals(0, explain(promoted.getName()), out::toString);
        assertTrue(out.toString().contains("decision    the same, letter for letter"), out::toString);
    }

    @Test
    void aFailThatIsHeldForAPersonIsExplained() throws IOException {
        start("minor", "{onFail: {minor: hold}}");
        var release = ask.opened("c1", false).getName();
        site.canaryBad.set(200);
        Await.until(
                "the hold", LIMIT, () -> latest(release).getReasonsList().contains(DecisionReason.FAIL_NEEDS_PERSON));
        assertEquals(Release.State.OPEN, ask.release(release).getState());
        assertTrue(site.webhookRequests().isEmpty());
        assertEquals(0, explain(release), out::toString);
        assertFalse(out.toString().contains("not the same"), out::toString);
        assertTrue(out.toString().contains("decision    the same, letter for letter"), out::toString);
    }
}
