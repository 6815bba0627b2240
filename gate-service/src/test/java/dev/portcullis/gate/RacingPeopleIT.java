package dev.portcullis.gate;

import static dev.portcullis.gate.testing.GateUnderTest.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Timestamp;
import dev.portcullis.gate.testing.FakeAnalysis;
import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.kit.rpc.RpcErrors;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.Verdict;
import dev.portcullis.proto.gate.v1.AbortReleaseRequest;
import dev.portcullis.proto.gate.v1.ApproveReleaseRequest;
import dev.portcullis.proto.gate.v1.Decision;
import dev.portcullis.proto.gate.v1.DecisionReason;
import dev.portcullis.proto.gate.v1.EvaluateGateRequest;
import dev.portcullis.proto.gate.v1.GateServiceGrpc;
import dev.portcullis.proto.gate.v1.GateServiceGrpc.GateServiceBlockingStub;
import dev.portcullis.proto.gate.v1.HoldPromotionsRequest;
import dev.portcullis.proto.gate.v1.HoldReleaseRequest;
import dev.portcullis.proto.gate.v1.ListDecisionsRequest;
import dev.portcullis.proto.gate.v1.Outcome;
import dev.portcullis.proto.gate.v1.PromoteReleaseRequest;
import dev.portcullis.proto.gate.v1.PromotionHoldServiceGrpc;
import dev.portcullis.proto.gate.v1.PromotionHoldServiceGrpc.PromotionHoldServiceBlockingStub;
import dev.portcullis.proto.gate.v1.Release;
import dev.portcullis.proto.gate.v1.ResumePromotionsRequest;
import io.grpc.Channel;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People, the machine and two replicas at one release at the same moment: one outcome each, and whoever comes too late hears what happened. */
final class RacingPeopleIT {
    private static final String SERVICE = "checkout";

    @TempDir
    Path folder;

    /** What somebody does, and what came of it: empty when it was done, otherwise the reason of the refusal and its message. */
    private record Act(String what, String refused, String told) {
        boolean isDone() {
            return refused.isEmpty();
        }
    }

    /** One release with those who act on it; each replica has a channel of its own. */
    private final class Race {
        private final Random random;
        private final List<Channel> replicas;
        private final String canary;
        private final String release;
        private final String stop;
        private boolean failed;

        Race(long seed, GateUnderTest gate, List<Channel> replicas) {
            this.random = new Random(seed);
            this.replicas = replicas;
            this.canary = "c" + seed;
            gate.analysis.say(canary, Verdict.CONTINUE, 1);
            this.release = Await.value("a release", LIMIT, () -> Optional.of(ask(replicas.getFirst()))
                            .filter(Release::hasLatestDecision))
                    .getName();
            this.stop = holds(replicas.getFirst())
                    .holdPromotions(HoldPromotionsRequest.newBuilder()
                            .addServices("never-" + canary)
                            .setReason("seed " + seed)
                            .setExpireTime(Timestamp.newBuilder()
                                    .setSeconds(Instant.now().getEpochSecond() + 3_600))
                            .build())
                    .getName();
        }

        private Channel any() {
            return replicas.get(random.nextInt(replicas.size()));
        }

        private Release ask(Channel replica) {
            return gate(replica)
                    .evaluateGate(EvaluateGateRequest.newBuilder()
                            .setService(SERVICE)
                            .setRollout(canary)
                            .setCanary(canary)
                            .build())
                    .getRelease();
        }

        /** Drawn before anybody starts, so that a seed gives the same acts. */
        private List<Callable<Act>> acts(GateUnderTest gate) {
            List<Callable<Act>> acts = new ArrayList<>();
            var count = 3 + random.nextInt(4);
            for (var number = 0; number < count; number++) {
                acts.add(act(gate, random.nextInt(8), any(), number));
            }
            // Somebody always decides, so that there is an outcome.
            acts.add(act(gate, random.nextInt(3), any(), count));
            return acts;
        }

        private Callable<Act> act(GateUnderTest gate, int kind, Channel replica, int who) {
            var reason = "person " + who;
            return switch (kind) {
                case 0 ->
                    () -> done("promote", () -> gate(replica)
                            .promoteRelease(PromoteReleaseRequest.newBuilder()
                                    .setName(release)
                                    .setReason(reason)
                                    .build()));
                case 1 ->
                    () -> done("abort", () -> gate(replica)
                            .abortRelease(AbortReleaseRequest.newBuilder()
                                    .setName(release)
                                    .setReason(reason)
                                    .build()));
                case 2 ->
                    () -> done("fail", () -> {
                        fail(gate);
                        ask(replica);
                    });
                case 3 ->
                    () -> done("hold", () -> holds(replica)
                            .holdRelease(HoldReleaseRequest.newBuilder()
                                    .setName(release)
                                    .setReason(reason)
                                    .build()));
                case 4 ->
                    () -> done("resume", () -> holds(replica)
                            .resumePromotions(ResumePromotionsRequest.newBuilder()
                                    .setName(stop)
                                    .setReason(reason)
                                    .build()));
                case 5 ->
                    () -> done("approve", () -> gate(replica)
                            .approveRelease(ApproveReleaseRequest.newBuilder()
                                    .setName(release)
                                    .setReason(reason)
                                    .build()));
                case 6 ->
                    () -> done("pass", () -> {
                        pass(gate);
                        ask(replica);
                    });
                default -> () -> done("poll", () -> ask(replica));
            };
        }

        private synchronized void fail(GateUnderTest gate) {
            failed = true;
            gate.analysis.say(canary, analysis -> analysis.setVerdict(Verdict.FAIL)
                    .setState(Analysis.State.CONCLUDED)
                    .setWindowCount(3)
                    .clearObjectives()
                    .addObjectives(FakeAnalysis.violated()));
        }

        /** A FAIL is final, and no PASS comes after it. */
        private synchronized void pass(GateUnderTest gate) {
            if (!failed) {
                gate.analysis.say(canary, Verdict.PASS, 2);
            }
        }

        private Act done(String what, Runnable call) {
            try {
                call.run();
                return new Act(what, "", "");
            } catch (StatusRuntimeException e) {
                return new Act(what, RpcErrors.reason(e).orElse("NONE"), String.valueOf(e.getMessage()));
            }
        }

        void run(GateUnderTest gate, ExecutorService threads) {
            var drawn = acts(gate);
            var together = new CyclicBarrier(drawn.size());
            var done = drawn.stream()
                    .map(act -> CompletableFuture.supplyAsync(
                            () -> {
                                try {
                                    together.await();
                                    return act.call();
                                } catch (Exception e) {
                                    throw new IllegalStateException(e);
                                }
                            },
                            threads))
                    .toList();
            check(done.stream().map(CompletableFuture::join).toList());
        }

        private void check(List<Act> acts) {
            var where = release + " " + acts;
            var ended = Await.value("an end of " + where, LIMIT, () -> Optional.of(ask(replicas.getFirst()))
                    .filter(now -> now.getState() != Release.State.OPEN));
            for (var replica : replicas) {
                Await.until(
                        "the same at each replica: " + where,
                        LIMIT,
                        () -> ask(replica).getState() == ended.getState());
            }
            var ends = gate(replicas.getFirst())
                    .listDecisions(
                            ListDecisionsRequest.newBuilder().setParent(release).build())
                    .getDecisionsList()
                    .stream()
                    .filter(Race::isEnd)
                    .toList();
            assertEquals(1, ends.size(), where);
            var by = acts.stream()
                    .filter(act -> act.what().equals("promote") || act.what().equals("abort"))
                    .filter(Act::isDone)
                    .toList();
            assertTrue(by.size() <= 1, where);
            by.forEach(act -> assertEquals(
                    act.what().equals("promote") ? Release.State.PROMOTED : Release.State.ABORTED,
                    ended.getState(),
                    where));
            acts.stream().filter(act -> !act.isDone()).forEach(act -> assertTold(act, ended, where));
            assertTrue(
                    acts.stream()
                                    .filter(act -> act.what().equals("resume") && act.isDone())
                                    .count()
                            <= 1,
                    where);
        }

        private static void assertTold(Act act, Release ended, String where) {
            if (act.what().equals("resume")) {
                assertEquals("HOLD_ENDED", act.refused(), where);
                assertTrue(act.told().contains("by 'local': person "), where);
            } else {
                // Whoever promotes what has failed a moment before its abort is on record hears that it has failed.
                if (act.what().equals("promote") && act.refused().equals("RELEASE_FAILED")) {
                    assertEquals(Release.State.ABORTED, ended.getState(), where);
                    return;
                }
                assertEquals("RELEASE_ENDED", act.refused(), where);
                assertTrue(act.told().contains("ended as " + ended.getState()), where);
            }
        }

        /** A decision of a person, and any ABORT, ends a release. */
        private static boolean isEnd(Decision decision) {
            return decision.getOutcome() == Outcome.ABORT
                    || decision.getReasonsList().contains(DecisionReason.PROMOTED_BY_PERSON);
        }
    }

    private static GateServiceBlockingStub gate(Channel replica) {
        return GateServiceGrpc.newBlockingStub(replica);
    }

    private static PromotionHoldServiceBlockingStub holds(Channel replica) {
        return PromotionHoldServiceGrpc.newBlockingStub(replica);
    }

    @Test
    void oneOutcomeEachAndTheLosersAreTold() {
        race(0, 20);
    }

    @Test
    @Tag("extra") // minutes
    void oneOutcomeEachInMoreRaces() {
        race(20, 200);
    }

    private void race(long from, long to) {
        GateUnderTest.policy(folder, SERVICE, "");
        try (var gate = new GateUnderTest(folder);
                var second = gate.another();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var other = channel(second.grpcPort());
            var one = channel(gate.service().grpcPort());
            try {
                for (var seed = from; seed < to; seed++) {
                    new Race(seed, gate, List.of(one, other)).run(gate, threads);
                }
            } finally {
                one.shutdownNow();
                other.shutdownNow();
            }
        }
    }

    private static ManagedChannel channel(int port) {
        return Grpc.newChannelBuilder("127.0.0.1:" + port, InsecureChannelCredentials.create())
                .build();
    }
}
