package dev.portcullis.rollback.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The contract on the server that all tests use, and what is seen of a request there. */
final class ClusterIT extends ClusterContract {
    private final KubeServer server = new KubeServer();
    private final Clusters clusters = server.clusters("prod");

    @Override
    Cluster cluster() throws ClusterException {
        return clusters.named("prod");
    }

    @Override
    void put(ResourceKind kind, String namespace, String yaml) {
        server.put(kind, namespace, yaml);
    }

    @AfterEach
    void close() {
        clusters.close();
        server.close();
    }

    @Test
    void aRequestCarriesTheTraceItIsMadeIn() throws Exception {
        var trace = "0af7651916cd43dd8448eb211c80319c";
        var parent = SpanContext.create(trace, "b7ad6b7169203331", TraceFlags.getSampled(), TraceState.getDefault());
        try (var scope = Span.wrap(parent).makeCurrent()) {
            assertNotNull(scope);
            cluster().get(ROLLOUT, "shop", "checkout");
        }
        var sent = server.requests().getFirst().headers().get("traceparent");
        assertTrue(sent.startsWith("00-" + trace + "-"), sent);
    }

    @Test
    void aRequestSaysWhoItIsFromAndAChangeWhoMakesIt() throws Exception {
        cluster().mergePatch(ROLLOUT, "shop", "checkout", json("{spec: {paused: true}}"));
        var sent = server.requests().getFirst();
        assertEquals("Bearer s3cret-token", sent.headers().get("authorization"));
        assertEquals("application/merge-patch+json", sent.headers().get("content-type"));
        assertEquals("fieldManager=portcullis&fieldValidation=Strict", sent.query());
        assertEquals(1, server.applied().size());
    }
}
