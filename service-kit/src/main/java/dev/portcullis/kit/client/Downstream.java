package dev.portcullis.kit.client;

import java.time.Duration;
import java.util.Set;

/**
 * Another service as seen by its caller.
 *
 * @param name short name, also of its circuit breaker, e.g. "analysis"
 * @param address host:port
 * @param deadline time limit of a unary call, retries included
 * @param grpcService full name of the gRPC service, e.g. "portcullis.analysis.v1.AnalysisService"
 * @param idempotentMethods names of the methods that may be tried again after UNAVAILABLE, e.g. "GetAnalysis"
 */
public record Downstream(
        String name, String address, Duration deadline, String grpcService, Set<String> idempotentMethods) {
    public Downstream {
        idempotentMethods = Set.copyOf(idempotentMethods);
    }
}
