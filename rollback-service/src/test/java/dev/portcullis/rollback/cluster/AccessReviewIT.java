package dev.portcullis.rollback.cluster;

import static dev.portcullis.rollback.cluster.ClusterContract.ROLLOUT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.client.Breakers;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.Kubeconfigs;
import dev.portcullis.kit.testing.StubHttpServer;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import dev.portcullis.rollback.plan.Right;
import dev.portcullis.rollback.plan.Right.Answer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the account may do, asked of an API server; and the first contact that is made at the start. */
final class AccessReviewIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final List<ResourceAccess> ACCESSES = List.of(
            ResourceAccess.to("get", ROLLOUT, "shop", "checkout"),
            ResourceAccess.to("patch", ROLLOUT, "shop", "checkout"),
            ResourceAccess.toStatus("patch", ROLLOUT, "shop", "checkout"),
            ResourceAccess.toAll("list", ResourceKind.REPLICA_SET, "shop"));

    @TempDir
    private Path folder;

    private final KubeServer server = new KubeServer();
    private final Clusters clusters = server.clusters("prod");

    @AfterEach
    void close() {
        clusters.close();
        server.close();
    }

    private List<Right> asked(Clusters there) {
        return AccessReview.ofManifest(there, "prod", "argo-rollouts", "shop").of(ACCESSES);
    }

    private static List<Answer> answers(List<Right> rights) {
        return rights.stream().map(Right::answer).toList();
    }

    @Test
    void whatIsGrantedAndWhatIsMissingIsToldForEachWithoutAnyChange() {
        server.revoke("patch argoproj.io/rollouts/status");
        var rights = asked(clusters);
        assertEquals(List.of(Answer.GRANTED, Answer.GRANTED, Answer.MISSING, Answer.GRANTED), answers(rights));
        assertEquals(
                new Right(
                        "patch rollouts.argoproj.io/status checkout in namespace shop",
                        "kubectl -n shop apply -f deploy/rbac/argo-rollouts.yaml",
                        Answer.MISSING,
                        ""),
                rights.get(2));
        assertEquals(List.of(), server.mutations());
    }

    @Test
    void aReviewThatItselfIsRefusedIsNotKnownAndNotWell() {
        server.revoke("create authorization.k8s.io/selfsubjectaccessreviews");
        var rights = asked(clusters);
        assertEquals(Set.of(Answer.UNKNOWN), Set.copyOf(answers(rights)));
        assertEquals(
                "cluster 'prod' does not tell its account what that may do (it refuses to create"
                        + " selfsubjectaccessreviews.authorization.k8s.io)",
                rights.getFirst().why());
    }

    @Test
    void aServerThatHasJustStartedIsNotTakenForOneThatWithholdsARight() {
        server.revoke("patch argoproj.io/rollouts/status");
        server.failNext(request -> request.path().equals("/readyz"), 500, Map.of());
        var right = asked(clusters).get(2);
        assertEquals(Answer.NOT_ASKED, right.answer());
        assertTrue(right.why().endsWith("(it has just started and does not know yet who may do what)"), right.why());
        assertEquals(Answer.MISSING, asked(clusters).get(2).answer());
    }

    @Test
    void credentialsThatAreRefusedAndAServerThatIsGoneAreNoAnswer() throws Exception {
        try (var stranger = new StubHttpServer(
                        request -> Response.json(401, "{\"kind\": \"Status\", \"message\": \"Unauthorized\"}"));
                var there = clusters(stranger.address())) {
            var rights = asked(there);
            assertEquals(Set.of(Answer.NOT_ASKED), Set.copyOf(answers(rights)));
            assertEquals(
                    "cluster 'prod': POST whether the account may get rollouts.argoproj.io checkout in namespace shop:"
                            + " answered 401: Unauthorized",
                    rights.getLast().why());
        }
        try (var nobody = clusters("http://127.0.0.1:1")) {
            var rights = asked(nobody);
            assertEquals(Set.of(Answer.NOT_ASKED), Set.copyOf(answers(rights)));
            assertTrue(rights.getFirst().why().endsWith("no connection to 127.0.0.1:1: refused"), rights.toString());
        }
    }

    private Clusters clusters(String address) throws Exception {
        var file = Files.writeString(folder.resolve("kubeconfig"), Kubeconfigs.of(address));
        var access = new ClusterSettings.Access.Kubeconfig(file, Optional.empty());
        var settings = Map.of("prod", new ClusterSettings("prod", access, LIMIT));
        var breakers = new Breakers(new SimpleMeterRegistry());
        return new Clusters(() -> settings, Map.of(), OpenTelemetry.noop(), breakers, Clock.systemUTC());
    }

    @Test
    void theFirstContactIsMadeInTheBackgroundAndNobodyWaitsForIt() {
        try (var held = server.hold(request -> request.path().equals("/version"))) {
            clusters.greet(Set.of("prod", "nowhere"));
            held.awaitArrival();
            assertEquals(1, server.requests().size());
            assertTrue(answers(asked(clusters)).stream().allMatch(Answer.GRANTED::equals));
        }
        Await.until("the first contact is over", LIMIT, () -> server.requests().size() >= 1 + ACCESSES.size());
    }
}
