package dev.portcullis.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.kit.identity.TokenText;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.proto.rollback.v1.Rollback;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Three protected services in three processes with three databases, which know each other by a secret in a file. */
@Tag("extra")
@Execution(ExecutionMode.CONCURRENT) // each test waits most of its time
final class SeparateServicesIT {
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final String TOKEN = TokenText.random(new SecureRandom());
    private static final String KEY_FILE = "PORTCULLIS_PEER_KEY_FILE";

    @TempDir
    Path folder;

    private Site site;
    private SeparateServices services;
    private PortcullisClient ask;

    @BeforeAll
    static void train(@TempDir Path empty) {
        TestPortcullis.train(empty);
    }

    @BeforeEach
    void configure() throws IOException {
        site = new Site();
        services = new SeparateServices(folder, Map.of(KEY_FILE, key("peer.key")));
        ask = services.ask().as(TOKEN);
        site.configure(services.configuration());
        proveRecovery(services.configuration().resolve("checkout.yaml"));
        Files.writeString(services.configuration().resolve("access.yaml"), """
                apiVersion: portcullis.dev/v1
                kind: Access
                metadata: {name: access}
                spec:
                  tokens:
                  - {name: ann, sha256: %s, roles: [operator], services: ['*'], expires: 2099-12-31}
                """.formatted(TokenText.sha256(TOKEN)));
    }

    /** So that rollback-service asks analysis-service too. */
    private static void proveRecovery(Path file) throws IOException {
        var text = Files.readString(file);
        Files.writeString(file, text.replace("recovery: {check: false}\n", "recovery: {check: true, within: 2m}\n"));
    }

    private String key(String name) throws IOException {
        return Files.writeString(folder.resolve(name), TokenText.random(new SecureRandom()))
                .toString();
    }

    @AfterEach
    void stop() {
        services.close();
        site.close();
    }

    @Test
    void aCanaryIsPromotedAndTakenBackThoughEachIsKilledOnce() throws InterruptedException {
        services.up();
        var release = ask.argoRelease();
        assertEquals(
                401,
                services.ask().get(ask.gateHttp(), "/v1/argo?service=checkout").statusCode());

        services.kill("analysis");
        awaitAnswer("HOLD", "ANALYSIS_UNAVAILABLE");
        services.up("analysis");
        awaitAnswer("PROMOTE", "CANARY_WITHIN_LIMITS");

        services.kill("gate");
        services.up("gate");
        awaitAnswer("PROMOTE", "CANARY_WITHIN_LIMITS");
        assertEquals(release, ask.argoRelease());

        site.letWebhookAnswer = new CountDownLatch(1);
        site.canaryBad.set(80);
        assertTrue(site.webhookCalled.await(LIMIT.toSeconds(), TimeUnit.SECONDS), "the webhook is called");
        services.kill("rollback");
        services.kill("gate");
        site.letWebhookAnswer.countDown();
        services.up("rollback");
        services.up("gate");
        awaitRecovery(release);
        assertEquals("ABORT", ask.argo().get("decision").asText());
        var keys = site.webhookRequests().stream()
                .map(request -> request.headers().get("idempotency-key"))
                .distinct()
                .toList();
        assertEquals(1, keys.size(), keys.toString());
    }

    @Test
    void aServiceWithAnotherSecretIsRefusedAndSaysWhatIsWrong() throws IOException {
        var other = Map.of(KEY_FILE, key("other.key"));
        services.up("analysis");
        services.up("rollback");
        services.start("gate", other);
        services.awaitReady("gate");
        var refused = awaitAnswer("HOLD", "ANALYSIS_UNAVAILABLE");
        assertTrue(refused.get("explanation").asText().contains(KEY_FILE), refused::toString);

        services.kill("gate");
        services.up("gate");
        services.kill("rollback");
        services.start("rollback", other);
        services.awaitReady("rollback");
        var release = ask.argoRelease();
        site.canaryBad.set(80);
        awaitAnswer("ABORT", "SLO_VIOLATED");
        Await.until(
                "what keeps the rollback from starting",
                LIMIT,
                () -> ask.argo().get("rollbackDetail").asText().contains(KEY_FILE));
        assertEquals(List.of(), site.webhookRequests());
        assertPostponementIsAWarning(services.output("gate"));

        services.kill("rollback");
        services.up("rollback");
        awaitRecovery(release);
    }

    /** Which the log tells once a minute, though it is tried every second. */
    private static void assertPostponementIsAWarning(String log) {
        var lines = log.lines().filter(line -> line.contains("StartRollbacks")).toList();
        assertTrue(!lines.isEmpty() && lines.stream().allMatch(line -> line.contains(" WARN ")), lines::toString);
    }

    @Test
    void theyFindEachOtherAtTheAddressesThatVariablesGive() {
        var variables = services.addresses("127.0.0.2", "analysis", "rollback");
        services.start("gate", variables);
        variables.put("PORTCULLIS_HOST", "127.0.0.2");
        services.start("analysis", variables);
        services.start("rollback", variables);
        SeparateServices.names().forEach(services::awaitReady);

        ask.argoRelease();
        awaitAnswer("PROMOTE", "CANARY_WITHIN_LIMITS");
        site.canaryBad.set(80);
        Await.until(
                "a rollback whose recovery is proved",
                LIMIT,
                () -> ask.argo().get("rollbackState").asText().equals("SUCCEEDED"));
    }

    @Test
    void withoutASecretNoneStarts() throws IOException {
        for (var service : SeparateServices.names()) {
            var process = services.start(service, Map.of(KEY_FILE, ""));
            assertEquals(1, process.waitFor(LIMIT));
            assertTrue(services.output(service).contains(KEY_FILE + " is not set"), service);
        }
    }

    private JsonNode awaitAnswer(String decision, String reason) {
        return Await.value(decision + " " + reason, LIMIT, () -> {
            var answer = ask.argo();
            return answer.get("decision").asText().equals(decision)
                            && answer.get("reasons").toString().contains(reason)
                    ? Optional.of(answer)
                    : Optional.empty();
        });
    }

    private void awaitRecovery(String release) {
        Await.until("one rollback that succeeds", LIMIT, () -> ask.rollbacks().stream()
                .map(Rollback::getState)
                .toList()
                .equals(List.of(Rollback.State.SUCCEEDED)));
        var rollback = ask.rollbacks().getFirst();
        Await.until("its name in the release", LIMIT, () -> ask.release(release)
                .getRollback()
                .equals(rollback.getName()));
    }
}
