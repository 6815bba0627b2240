package dev.portcullis.rollback.cluster;

import static dev.portcullis.rollback.cluster.ClusterContract.ROLLOUT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.client.Breakers;
import dev.portcullis.kit.testing.Kubeconfigs;
import dev.portcullis.rollback.cluster.ClusterException.Fault;
import dev.portcullis.rollback.cluster.ClusterSettings.Access;
import dev.portcullis.rollback.plan.ApplyResult;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where address and credentials of a cluster come from, and what is said when they do not come. */
final class ClusterAccessIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private final KubeServer server = new KubeServer();
    private Map<String, ClusterSettings> settings = Map.of();
    private final Clusters clusters = clusters(TIMEOUT);

    private Clusters clusters(Duration openingLimit) {
        return new Clusters(
                () -> settings,
                Map.of(),
                OpenTelemetry.noop(),
                new Breakers(new SimpleMeterRegistry()),
                Clock.systemUTC(),
                openingLimit);
    }

    @AfterEach
    void close() {
        clusters.close();
        server.close();
    }

    @Test
    void credentialsThatWereRenewedAreReadWhenTheOldOnesAreRefused() throws Exception {
        var file = configured(Kubeconfigs.of(server.address()));
        ask();
        // As when the file was read just before it was written: nothing tells that it changed.
        var then = Files.getLastModifiedTime(file);
        Files.writeString(file, Kubeconfigs.of(server.address()).replace("s3cret-token", "new-token"));
        Files.setLastModifiedTime(file, then);
        server.failNext(request -> true, 401, Map.of());
        ask();
        assertEquals(List.of("Bearer s3cret-token", "Bearer s3cret-token", "Bearer new-token"), identities());
    }

    @Test
    void whoIsRefusedWithFreshCredentialsIsDenied() throws Exception {
        configured(Kubeconfigs.of(server.address()));
        server.failNext(request -> true, 401, Map.of());
        server.failNext(request -> true, 401, Map.of());
        var failure = assertThrows(ClusterException.class, this::ask);
        assertEquals(Fault.DENIED, failure.fault());
        assertFalse(failure.getMessage().contains("s3cret"), failure.getMessage());
        assertEquals(2, server.requests().size());
    }

    @Test
    void anAddressMayHaveAPathAsThoseOfProxiesForManyClustersDo() throws Exception {
        configured(Kubeconfigs.of(server.address() + "/k8s/clusters/c-1"));
        ask();
        assertEquals(
                "/k8s/clusters/c-1/apis/argoproj.io/v1alpha1/namespaces/shop/rollouts/checkout",
                server.requests().getFirst().path());
    }

    @Test
    void credentialsOfAProgramAreUsed() throws Exception {
        var program = Files.writeString(folder.resolve("login"), """
                #!/bin/sh
                echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"of-a-program"}}'
                """);
        assertTrue(program.toFile().setExecutable(true));
        configured(withProgram(program));
        ask();
        assertEquals(List.of("Bearer of-a-program"), identities());
    }

    @Test
    void aContextThatIsNotThereIsNeverReplacedByAnother() throws Exception {
        var file = Files.writeString(folder.resolve("kubeconfig"), Kubeconfigs.of(server.address()));
        refused(
                new Access.Kubeconfig(file, Optional.of("green")),
                "cluster 'prod': kubeconfig " + file + " (context 'green') has no such context");
        assertEquals(List.of(), server.requests());
    }

    @Test
    void aKubeconfigThatCannotBeUsedIsNamedWithTheFault() throws Exception {
        var absent = folder.resolve("absent");
        refused(
                new Access.Kubeconfig(absent, Optional.empty()),
                "cluster 'prod': kubeconfig " + absent + " (current context) does not exist or may not be read");
        var broken = Files.writeString(folder.resolve("broken"), "users: [{user: {token: s3cret-token}\n  - oops");
        refused(
                new Access.Kubeconfig(broken, Optional.of("blue")),
                "cluster 'prod': kubeconfig " + broken
                        + " (context 'blue') is no kubeconfig, or its program for credentials failed");
        var empty = Files.writeString(folder.resolve("empty"), "");
        refused(
                new Access.Kubeconfig(empty, Optional.empty()),
                "cluster 'prod': kubeconfig " + empty
                        + " (current context) is no kubeconfig, or its program for credentials failed");
        var lame = Files.writeString(
                folder.resolve("lame"), Kubeconfigs.of(server.address()).replace("{cluster: here,", "{cluster: gone,"));
        refused(
                new Access.Kubeconfig(lame, Optional.empty()),
                "cluster 'prod': kubeconfig " + lame
                        + " (current context) has no cluster 'gone', which that context names");
    }

    @Test
    void aClusterThatIsNotConfiguredIsToldWithThoseThatAre() {
        settings = Map.of("prod", server.settings("prod", TIMEOUT), "test", server.settings("test", TIMEOUT));
        var failure = assertThrows(ClusterException.class, () -> clusters.named("prd"));
        assertEquals(Fault.UNKNOWN_CLUSTER, failure.fault());
        assertEquals("cluster 'prd' is not configured; known: default, prod, test", failure.getMessage());
    }

    @Test
    void settingsThatChangedCountFromTheNextUse() throws Exception {
        configured(Kubeconfigs.of("http://127.0.0.1:1"));
        assertEquals(
                Fault.CONNECT, assertThrows(ClusterException.class, this::ask).fault());
        settings = Map.of("prod", server.settings("prod", TIMEOUT));
        ask();
        assertEquals(1, server.requests().size());
    }

    @Test
    void aRequestUnderWayEndsUndisturbedWhenTheSettingsChange() throws Exception {
        configured(Kubeconfigs.of(server.address()));
        var held = server.hold(request -> true);
        var waiting = CompletableFuture.supplyAsync(this::answered, Thread::startVirtualThread);
        held.awaitArrival();
        settings = Map.of("prod", server.settings("prod", Duration.ofSeconds(3)));
        ask();
        held.release();
        assertEquals("nothing", waiting.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS));
    }

    @Test
    void aKubeconfigThatWasWrittenAnewCountsFromTheNextUse() throws Exception {
        var file = configured(Kubeconfigs.of("http://127.0.0.1:1"));
        assertEquals(
                Fault.CONNECT, assertThrows(ClusterException.class, this::ask).fault());
        Files.writeString(file, Kubeconfigs.of(server.address()));
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(1)));
        ask();
        assertEquals(1, server.requests().size());
    }

    @Test
    void aProgramForCredentialsThatDoesNotEndIsNotWaitedForLongerThanTheLimit() throws Exception {
        var program = Files.writeString(folder.resolve("login"), "#!/bin/sh\nexec sleep 20\n");
        assertTrue(program.toFile().setExecutable(true));
        configured(withProgram(program));
        try (var hasty = clusters(Duration.ofMillis(500))) {
            var failure = assertThrows(ClusterException.class, () -> hasty.named("prod"));
            assertEquals(Fault.UNKNOWN_CLUSTER, failure.fault());
            assertEquals(
                    "cluster 'prod': its address and credentials were not there within 500 ms", failure.getMessage());
        }
    }

    @Test
    void theAccountOfAPodIsItsMountedTokenAsItIsNow() throws Exception {
        var account = Files.createDirectory(folder.resolve("account"));
        Files.writeString(account.resolve("token"), "first\n");
        var access = new ClusterAccess(
                Map.of("KUBERNETES_SERVICE_HOST", "fd00::1", "KUBERNETES_SERVICE_PORT", "6443"), account);
        var config = access.read(new ClusterSettings("here", new Access.InCluster(), TIMEOUT));
        assertEquals("https://[fd00::1]:6443/", config.getMasterUrl());
        assertEquals(account.resolve("ca.crt").toString(), config.getCaCertFile());
        assertEquals("first", config.getOauthTokenProvider().getToken());
        Files.writeString(account.resolve("token"), "second\n");
        assertEquals("second", config.getOauthTokenProvider().getToken());
    }

    @Test
    void outsideAPodThereIsNoAccount() {
        refused(
                new Access.InCluster(),
                "cluster 'prod': this process runs in no pod with a service account: KUBERNETES_SERVICE_HOST is not set");
    }

    private void refused(Access access, String text) {
        settings = Map.of("prod", new ClusterSettings("prod", access, TIMEOUT));
        var failure = assertThrows(ClusterException.class, () -> clusters.named("prod"));
        assertEquals(Fault.UNKNOWN_CLUSTER, failure.fault());
        assertEquals(text, failure.getMessage());
        assertEquals(new ApplyResult.Again(text, Duration.ZERO, false), failure.result());
    }

    private Path configured(String kubeconfig) throws Exception {
        var file = Files.writeString(folder.resolve("kubeconfig"), kubeconfig);
        settings = Map.of("prod", new ClusterSettings("prod", new Access.Kubeconfig(file, Optional.empty()), TIMEOUT));
        return file;
    }

    private void ask() throws ClusterException {
        clusters.named("prod").get(ROLLOUT, "shop", "checkout");
    }

    private String answered() {
        try {
            return clusters.named("prod").get(ROLLOUT, "shop", "checkout").isPresent() ? "an object" : "nothing";
        } catch (ClusterException e) {
            return e.getMessage();
        }
    }

    private String withProgram(Path program) {
        return Kubeconfigs.of(server.address())
                .replace(
                        "token: s3cret-token",
                        "exec: {apiVersion: client.authentication.k8s.io/v1, command: " + program + "}");
    }

    private List<String> identities() {
        return server.requests().stream()
                .map(request -> request.headers().getOrDefault("authorization", ""))
                .toList();
    }
}
