package dev.portcullis.gate;

import static dev.portcullis.gate.testing.GateUnderTest.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Timestamp;
import dev.portcullis.gate.testing.FakeAnalysis;
import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.Verdict;
import dev.portcullis.proto.gate.v1.AbortReleaseRequest;
import dev.portcullis.proto.gate.v1.EvaluateGateRequest;
import dev.portcullis.proto.gate.v1.GateServiceGrpc;
import dev.portcullis.proto.gate.v1.GateServiceGrpc.GateServiceBlockingStub;
import dev.portcullis.proto.gate.v1.HoldPromotionsRequest;
import dev.portcullis.proto.gate.v1.Outcome;
import dev.portcullis.proto.gate.v1.PromoteReleaseRequest;
import dev.portcullis.proto.gate.v1.PromotionHoldServiceGrpc;
import dev.portcullis.proto.gate.v1.Release;
import io.grpc.Channel;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Verdicts and people at the releases of one change at the same moment, by two replicas: what is on record afterwards is one story of a group. */
final class RacingGroupsIT {
    private static final Map<String, List<String>> GROUPS =
            Map.of("ordered", List.of("o1", "o2", "o3"), "together", List.of("t1", "t2", "t3"));

    @TempDir
    Path folder;

    /** A recorded decision, in the order in which they were made. */
    private record Made(String service, String outcome, String reasons, String actor) {
        private boolean isAbort() {
            return outcome.equals("ABORT");
        }

        private boolean isPromotedByGate() {
            return outcome.equals("PROMOTE") && actor.equals("gate");
        }

        private boolean isPromoted() {
            return outcome.equals("PROMOTE");
        }

        private boolean isReady() {
            return reasons.equals("{GROUP_WAITS,CANARY_WITHIN_LIMITS}");
        }
    }

    /** One change of a group. */
    private final class Race {
        private final long seed;
        private final Random random;
        private final GateUnderTest gate;
        private final List<Channel> replicas;
        private final boolean inOrder;
        private final List<String> services;
        private final Map<String, String> releases = new HashMap<>();
        private final List<String> done = Collections.synchronizedList(new ArrayList<>());

        Race(long seed, GateUnderTest gate, List<Channel> replicas) {
            this.seed = seed;
            this.random = new Random(seed);
            this.gate = gate;
            this.replicas = replicas;
            this.inOrder = seed % 2 == 0;
            this.services = GROUPS.get(inOrder ? "ordered" : "together");
            for (var service : services) {
                gate.analysis.say(canary(service), Verdict.CONTINUE, 1);
            }
        }

        private String canary(String service) {
            return service + "-" + seed;
        }

        private Channel any() {
            return replicas.get(random.nextInt(replicas.size()));
        }

        private Release ask(Channel replica, String service) {
            return gate(replica)
                    .evaluateGate(EvaluateGateRequest.newBuilder()
                            .setService(service)
                            .setRollout(canary(service))
                            .setCanary(canary(service))
                            .setStable("s1")
                            .putLabels("change", "race" + seed)
                            .build())
                    .getRelease();
        }

        /** Drawn before anybody starts; of a canary that passes or fails it is said once. */
        private List<Runnable> acts() {
            List<Runnable> acts = new ArrayList<>();
            for (var service : services) {
                var replica = any();
                acts.add(
                        random.nextInt(5) == 0
                                ? () -> say(service, "fail", () -> fail(canary(service)))
                                : () -> say(
                                        service, "pass", () -> gate.analysis.say(canary(service), Verdict.PASS, 2)));
                acts.add(() -> ask(replica, service));
                if (random.nextInt(6) == 0) {
                    acts.add(byPerson("abort " + service, () -> gate(replica)
                            .abortRelease(AbortReleaseRequest.newBuilder()
                                    .setName(releases.get(service))
                                    .setReason("seed " + seed)
                                    .build())));
                }
                if (random.nextInt(8) == 0) {
                    acts.add(byPerson("promote " + service, () -> gate(replica)
                            .promoteRelease(PromoteReleaseRequest.newBuilder()
                                    .setName(releases.get(service))
                                    .setReason("seed " + seed)
                                    .build())));
                }
            }
            // Whoever places a hold waits for promotions, and promotions wait for him.
            var replica = any();
            acts.add(() -> PromotionHoldServiceGrpc.newBlockingStub(replica)
                    .holdPromotions(HoldPromotionsRequest.newBuilder()
                            .addServices("never-" + seed)
                            .setReason("seed " + seed)
                            .setExpireTime(Timestamp.newBuilder()
                                    .setSeconds(Instant.now().getEpochSecond() + 3_600))
                            .build()));
            return acts;
        }

        private void say(String service, String what, Runnable act) {
            done.add(what + " " + service);
            act.run();
        }

        private Runnable byPerson(String what, Runnable call) {
            return () -> {
                try {
                    call.run();
                    done.add(what);
                } catch (StatusRuntimeException e) {
                    // Too late: it has ended, or failed.
                    assertEquals(Status.Code.FAILED_PRECONDITION, e.getStatus().getCode(), what + " " + e);
                    done.add(what + " refused");
                }
            };
        }

        private void fail(String canary) {
            gate.analysis.say(canary, analysis -> analysis.setVerdict(Verdict.FAIL)
                    .setState(Analysis.State.CONCLUDED)
                    .setWindowCount(3)
                    .clearObjectives()
                    .addObjectives(FakeAnalysis.violated()));
        }

        void run(ExecutorService threads) {
            for (var service : services) {
                releases.put(
                        service,
                        Await.value("a release of " + service, LIMIT, () -> Optional.of(ask(any(), service))
                                        .filter(Release::hasLatestDecision))
                                .getName());
            }
            var drawn = acts();
            var together = new CyclicBarrier(drawn.size());
            drawn.stream()
                    .map(act -> CompletableFuture.runAsync(
                            () -> {
                                try {
                                    together.await();
                                } catch (Exception e) {
                                    throw new IllegalStateException(e);
                                }
                                act.run();
                            },
                            threads))
                    .toList()
                    .forEach(CompletableFuture::join);
            check();
        }

        private void check() {
            var where = "seed " + seed + " " + done;
            Await.until("an end of " + where, LIMIT, () -> {
                var now = releases.values().stream().map(gate::release).toList();
                return now.stream().anyMatch(release -> release.getState() == Release.State.ABORTED)
                        ? now.stream().noneMatch(release -> release.getState() == Release.State.OPEN)
                        : now.stream()
                                .allMatch(release -> release.getLatestDecision().getOutcome() == Outcome.PROMOTE);
            });
            for (var service : services) {
                var state = gate.release(releases.get(service)).getState();
                for (var replica : replicas) {
                    Await.until(
                            "the same at each replica: " + where,
                            LIMIT,
                            () -> ask(replica, service).getState() == state);
                }
            }
            checkStory(where);
        }

        private void checkStory(String where) {
            var story = story();
            var told = where + " " + story;
            for (var at = 0; at < story.size(); at++) {
                var made = story.get(at);
                var before = story.subList(0, at);
                if (made.isPromotedByGate()
                        && last(before, made.service()).filter(Made::isPromoted).isEmpty()) {
                    assertTrue(before.stream().noneMatch(Made::isAbort), told);
                    assertOthers(made, before, other -> other.isPromoted() || other.isReady(), services, told);
                    if (inOrder) {
                        var first = services.subList(0, services.indexOf(made.service()));
                        assertOthers(made, before, Made::isPromoted, first, told);
                    }
                }
            }
            // Nobody is aborted with others before one of them was by itself.
            story.stream()
                    .filter(Made::isAbort)
                    .findFirst()
                    .ifPresent(first -> assertTrue(!first.reasons().contains("GROUP_ABORTED"), told));
        }

        private void assertOthers(
                Made made, List<Made> before, Predicate<Made> wanted, List<String> others, String told) {
            others.stream()
                    .filter(other -> !other.equals(made.service()))
                    .forEach(other ->
                            assertTrue(last(before, other).filter(wanted).isPresent(), made + " " + told));
        }

        private static Optional<Made> last(List<Made> before, String service) {
            return before.stream()
                    .filter(made -> made.service().equals(service))
                    .reduce((one, later) -> later);
        }

        private List<Made> story() {
            return gate
                    .rows(
                            "select r.service || ' ' || d.outcome || ' ' || d.reasons::text || ' ' || d.actor from gate.decisions d"
                                    + " join gate.releases r on r.id = d.release_id where r.labels = 'change=race"
                                    + seed
                                    + "' order by d.number")
                    .stream()
                    .map(row -> row.split(" "))
                    .map(cells -> new Made(cells[0], cells[1], cells[2], cells[3]))
                    .toList();
        }
    }

    private static GateServiceBlockingStub gate(Channel replica) {
        return GateServiceGrpc.newBlockingStub(replica);
    }

    @Test
    void whatIsOnRecordIsOneStory() throws IOException {
        race(0, 16);
    }

    @Test
    @Tag("extra") // minutes
    void whatIsOnRecordIsOneStoryInMoreRaces() throws IOException {
        race(16, 200);
    }

    private void race(long from, long to) throws IOException {
        for (var group : GROUPS.entrySet()) {
            for (var service : group.getValue()) {
                GateUnderTest.policy(folder, service, "");
            }
            Files.writeString(
                    folder.resolve(group.getKey() + ".yaml"),
                    "apiVersion: portcullis.dev/v1\nkind: ReleaseGroup\nmetadata: {name: " + group.getKey()
                            + "}\nspec:\n  label: change\n  inOrder: "
                            + group.getKey().equals("ordered") + "\n  members:\n"
                            + String.join(
                                    "",
                                    group.getValue().stream()
                                            .map(service -> "    - {service: " + service + "}\n")
                                            .toList()));
        }
        try (var gate = new GateUnderTest(folder);
                var second = gate.another();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var other = channel(second.grpcPort());
            var one = channel(gate.service().grpcPort());
            try {
                for (var seed = from; seed < to; seed++) {
                    new Race(seed, gate, List.of(one, other)).run(threads);
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
