package dev.portcullis.launcher.ci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.testing.Await;
import dev.portcullis.launcher.PortcullisClient;
import dev.portcullis.launcher.Site;
import dev.portcullis.launcher.TestPortcullis;
import dev.portcullis.launcher.ci.PlayedMachine.Run;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code deploy/ci/portcullis-gate} with a real gate, whose other services are real too. */
@Tag("extra")
final class GateClientWithGateIT {
    private static final Duration LIMIT = Duration.ofMinutes(4);

    @TempDir
    Path folder;

    private Run ask(String gate, String... options) {
        var arguments = new ArrayList<>(List.of("--gate", gate, "--service", "checkout", "--format", "json"));
        arguments.addAll(List.of(options));
        // Its own clock: the gate really waits.
        return new PlayedMachine(folder.resolve("machine-" + System.nanoTime()))
                .run(
                        Map.of("PATH", "/usr/local/bin:/usr/bin:/bin", "TMPDIR", folder.toString()),
                        PlayedMachine.in("dash", DeployFiles.CLIENT, arguments.toArray(String[]::new)));
    }

    @Test
    void aGoodCanaryIsPromotedAndAWrongQuestionRefused() {
        try (var site = new Site();
                var services = TestPortcullis.start(site, folder.resolve("portcullis"))) {
            var gate = "http://127.0.0.1:" + PortcullisClient.of(services).gateHttp();
            var canary = new String[] {"--stage", "canary-1", "--canary", "c1", "--stable", "s1", "--revision", "1"};

            var before = ask(gate, "--stage", "pre-deploy", "--wait", "20s");
            assertEquals(0, before.exitCode(), before::toString);

            var good = ask(gate, canary);
            assertEquals(0, good.exitCode(), good::toString);
            assertTrue(good.err().contains("PROMOTE (CANARY_WITHIN_LIMITS)"), good::err);

            var held = ask(
                    gate,
                    Stream.concat(
                                    Stream.of(canary),
                                    Stream.of("--wait", "2s", "--rules", "[{\"minimumBake\":{\"for\":\"30d\"}}]"))
                            .toArray(String[]::new));
            assertEquals(2, held.exitCode(), held::toString);
            assertTrue(held.err().contains("HOLD (BAKE_UNFINISHED,CANARY_WITHIN_LIMITS)"), held::err);

            var loosened = ask(gate, "--stage", "pre-deploy", "--rules", "[{\"undecided\":\"promote-without-proof\"}]");
            assertEquals(64, loosened.exitCode(), loosened::toString);
            assertTrue(loosened.err().contains("status 400: rules[0].undecided is not known"), loosened::err);

            var refused = ask(gate, "--stage", "canary-1", "--canary", "c1", "--stable", "c1");
            assertEquals(64, refused.exitCode(), refused::toString);
            assertTrue(refused.err().contains("status 400: stable is 'c1', the canary too"), refused::err);

            var nobody = ask(gate, "--stage", "canary-1", "--canary", "c2", "--stable", "s1", "--wait", "2s");
            assertEquals(2, nobody.exitCode(), nobody::toString);
        }
    }

    @Test
    void aBadCanaryIsAborted() {
        try (var site = new Site();
                var services = TestPortcullis.start(site, folder.resolve("portcullis"))) {
            site.canaryBad.set(100);
            var gate = "http://127.0.0.1:" + PortcullisClient.of(services).gateHttp();
            var bad = ask(gate, "--stage", "canary-1", "--canary", "c1", "--stable", "s1", "--revision", "1");
            assertEquals(1, bad.exitCode(), bad::toString);
            assertTrue(bad.err().contains("ABORT (SLO_VIOLATED)"), bad::err);
            // The answer does not wait for the rollback, which may be named in it or not.
            Await.until("the rollback", LIMIT, () -> !site.webhookRequests().isEmpty());
        }
    }
}
