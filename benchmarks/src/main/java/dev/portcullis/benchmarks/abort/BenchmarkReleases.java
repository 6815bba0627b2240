package dev.portcullis.benchmarks.abort;

import dev.portcullis.kit.rpc.ProtoTimes;
import dev.portcullis.proto.analysis.v1.AnalysisServiceGrpc;
import dev.portcullis.proto.analysis.v1.AnalysisServiceGrpc.AnalysisServiceBlockingStub;
import dev.portcullis.proto.analysis.v1.GetAnalysisRequest;
import dev.portcullis.proto.gate.v1.EvaluateGateRequest;
import dev.portcullis.proto.gate.v1.GateServiceGrpc;
import dev.portcullis.proto.gate.v1.GateServiceGrpc.GateServiceBlockingStub;
import dev.portcullis.proto.gate.v1.GetReleaseRequest;
import dev.portcullis.proto.gate.v1.Outcome;
import dev.portcullis.proto.gate.v1.Release;
import dev.portcullis.proto.rollback.v1.GetRollbackRequest;
import dev.portcullis.proto.rollback.v1.RollbackServiceGrpc;
import dev.portcullis.proto.rollback.v1.RollbackServiceGrpc.RollbackServiceBlockingStub;
import io.grpc.Channel;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** The releases of all services: opened, waited for, and looked into afterwards. Used by one thread. */
final class BenchmarkReleases {
    private final AnalysisServiceBlockingStub analyses;
    private final GateServiceBlockingStub gate;
    private final RollbackServiceBlockingStub rollbacks;
    private final VerdictTimes times;
    /** Names, by service. */
    private final Map<String, String> opened = new LinkedHashMap<>();

    /** @param services the way to a service: "analysis", "gate" or "rollback" */
    BenchmarkReleases(Function<String, Channel> services) {
        analyses = AnalysisServiceGrpc.newBlockingStub(services.apply("analysis"));
        gate = GateServiceGrpc.newBlockingStub(services.apply("gate"));
        rollbacks = RollbackServiceGrpc.newBlockingStub(services.apply("rollback"));
        times = VerdictTimes.of(services.apply("analysis"));
    }

    /**
     * Asks about every service of which none is open yet.
     *
     * @return whether one is open for every service; the first answers of a new process may come too late to name theirs
     */
    boolean open(Shops shops) {
        for (var service : shops.names()) {
            if (!opened.containsKey(service)) {
                var answer = gate.evaluateGate(EvaluateGateRequest.newBuilder()
                        .setService(service)
                        .setRollout(service)
                        .setCanary(Shops.CANARY)
                        .setStable(Shops.STABLE)
                        .setRevision("2")
                        .build());
                if (answer.hasRelease()) {
                    opened.put(service, answer.getRelease().getName());
                }
            }
        }
        return opened.size() == shops.names().size();
    }

    /** Whether every canary has been measured in at least so many windows. */
    boolean measured(int windows) {
        return opened.values().stream()
                .map(this::release)
                .allMatch(release -> !release.getAnalysis().isEmpty() && windows(release) >= windows);
    }

    /** Whether every release is aborted and its rollback has ended. */
    boolean takenBack(Shops shops) {
        return shops.names().stream()
                .map(service -> release(Objects.requireNonNull(opened.get(service), service)))
                .allMatch(release -> !release.getRollback().isEmpty() && isRolledBack(release.getRollback()));
    }

    private boolean isRolledBack(String rollback) {
        return rollbacks
                .getRollback(GetRollbackRequest.newBuilder().setName(rollback).build())
                .hasEndTime();
    }

    private Release release(String name) {
        return gate.getRelease(GetReleaseRequest.newBuilder().setName(name).build());
    }

    private int windows(Release release) {
        return analyses.getAnalysis(GetAnalysisRequest.newBuilder()
                        .setName(release.getAnalysis())
                        .build())
                .getWindowCount();
    }

    /**
     * What became of the canary of a service.
     *
     * @param called when the webhook was called
     * @throws IOException when it was not aborted, or has no rollback
     */
    AbortTimeline timeline(String service, Instant called) throws IOException {
        var release = release(Objects.requireNonNull(opened.get(service), service));
        var decision = release.getLatestDecision();
        if (release.getState() != Release.State.ABORTED
                || decision.getOutcome() != Outcome.ABORT
                || release.getRollback().isEmpty()) {
            throw new IOException("the canary of " + service + " was not aborted and taken back: " + release);
        }
        var analysis = analyses.getAnalysis(
                GetAnalysisRequest.newBuilder().setName(release.getAnalysis()).build());
        var rollback = rollbacks.getRollback(
                GetRollbackRequest.newBuilder().setName(release.getRollback()).build());
        return new AbortTimeline(
                ProtoTimes.instant(analysis.getEndTime()),
                times.stored(release.getAnalysis()),
                ProtoTimes.instant(decision.getCreateTime()),
                ProtoTimes.instant(rollback.getCreateTime()),
                called);
    }
}
