package dev.portcullis.gate.usecase;

import static dev.portcullis.gate.testing.GateUnderTest.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Timestamp;
import dev.portcullis.gate.analysis.Analyses;
import dev.portcullis.gate.analysis.AnalysisReports;
import dev.portcullis.gate.policy.Policies;
import dev.portcullis.gate.release.GateRequest;
import dev.portcullis.gate.release.InvalidFieldException;
import dev.portcullis.gate.release.ReleaseKey;
import dev.portcullis.gate.release.ReleaseMemory;
import dev.portcullis.gate.release.Releases;
import dev.portcullis.gate.release.Stage;
import dev.portcullis.gate.rule.PromotionRules;
import dev.portcullis.gate.testing.FakeAnalysis;
import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.MeasuringState;
import dev.portcullis.proto.analysis.v1.Verdict;
import dev.portcullis.proto.gate.v1.AbortReleaseRequest;
import dev.portcullis.proto.gate.v1.HoldPromotionsRequest;
import dev.portcullis.proto.gate.v1.ListHoldsRequest;
import dev.portcullis.proto.gate.v1.ListReleasesRequest;
import dev.portcullis.proto.gate.v1.PromoteReleaseRequest;
import dev.portcullis.proto.gate.v1.PromotionHoldServiceGrpc;
import dev.portcullis.proto.gate.v1.ResumePromotionsRequest;
import io.grpc.StatusRuntimeException;
import io.micronaut.context.ApplicationContext;
import io.micronaut.inject.qualifiers.Qualifiers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Over histories that are drawn, memory answers what the same rules answer over the database and analysis-service themselves. */
@Timeout(value = 4, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class AnswerFromMemoryIT {
    private static final List<String> CANARIES = List.of("c1", "c2", "c3");
    private static final List<String> STABLES = List.of("", "s1", "s2");
    private static final int STEPS = 120;
    /** Answers from memory, which is too old more often on a slow machine: then the history is longer. */
    private static final int ENOUGH = STEPS / 6;

    @TempDir
    Path folder;

    /** What memory answers, and what is found out where things are kept. */
    private static final class Both {
        private final EvaluateGate gate;
        private final AnswerQuestion question;

        Both(GateUnderTest gate) {
            var service = gate.service();
            this.gate = service.get(EvaluateGate.class);
            var releases = service.get(Releases.class);
            var origins = service.get(OriginFactory.class);
            var changeRelease = service.get(ChangeRelease.class);
            var read = service.get(ReadReleases.class);
            question = new AnswerQuestion(
                    service.get(Policies.class),
                    releases,
                    new NewRunRule(releases, origins, changeRelease),
                    new DeployRule(
                            releases,
                            read,
                            service.get(ApplicationContext.class)
                                    .getBean(PromotionRules.class, Qualifiers.byName("store")),
                            service.get(Clock.class)),
                    // Of a feed that never begins: analysis-service is asked.
                    new AskAnalysis(service.get(Analyses.class), new AnalysisReports(System::nanoTime)),
                    service.get(JudgeRelease.class),
                    origins,
                    read);
        }

        /** Empty when memory has no answer; otherwise whether both are the same. */
        Optional<Boolean> agree(GateRequest request) {
            Optional<Object> known;
            try {
                known = gate.known(request).map(answer -> answer);
            } catch (InvalidFieldException e) {
                known = Optional.of(e.fault());
            }
            return known.map(answer -> answer.equals(found(request)));
        }

        private Object found(GateRequest request) {
            try {
                var answer = question.answer(request);
                return request.dryRun() ? answer.asDryRun() : answer;
            } catch (InvalidFieldException e) {
                return e.fault();
            }
        }

        void ask(GateRequest request) {
            try {
                question.answer(request);
            } catch (InvalidFieldException e) {
                // A question that contradicts the release is one that may be asked.
            }
        }
    }

    private final Random random = new Random();
    private final List<GateRequest> asked = new ArrayList<>();

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private GateRequest question() {
        var key = new ReleaseKey(
                any(List.of("checkout", "payment")), "shop", "r", any(CANARIES), any(List.of("", "", "7")));
        var stage = any(List.of(Stage.CANARY, Stage.CANARY, Stage.CANARY, Stage.POST_DEPLOY));
        return new GateRequest(key, any(STABLES), "", stage, random.nextInt(16) == 0, Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void bothAnswerTheSame(long seed) {
        assertSameAnswers(seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 4, 5, 6})
    @Tag("extra") // a minute
    void bothAnswerTheSameInMoreHistories(long seed) {
        assertSameAnswers(seed);
    }

    private void assertSameAnswers(long seed) {
        random.setSeed(seed);
        GateUnderTest.policy(folder, "checkout", "");
        GateUnderTest.policy(folder, "payment", "");
        try (var gate = new GateUnderTest(folder)) {
            var both = new Both(gate);
            var compared = 0;
            for (var step = 0; step < STEPS || compared <= ENOUGH; step++) {
                step(gate, both);
                var request = asked.isEmpty() || random.nextInt(4) == 0 ? question() : any(asked);
                both.ask(request);
                asked.add(request);
                settle(gate);
                compared += compared(both, request, "seed " + seed + ", step " + step);
            }
        }
    }

    @Test
    void whatWouldChangeAReleaseIsNotAnsweredAndChangesNothing() {
        GateUnderTest.policy(folder, "checkout", "");
        try (var gate = new GateUnderTest(folder)) {
            gate.analysis.silence("c1", analysis -> analysis.setVerdict(Verdict.CONTINUE));
            var evaluateGate = gate.service().get(EvaluateGate.class);
            var key = new ReleaseKey("checkout", "shop", "r", "c1", "7");
            var asked = new GateRequest(key, "s1", "");
            var release = Await.value("a release", LIMIT, () -> evaluateGate
                    .evaluate(asked, System.nanoTime())
                    .release());
            Await.until("in memory", LIMIT, () -> {
                // What is asked where things are kept is known from then on.
                evaluateGate.evaluate(asked, System.nanoTime());
                return evaluateGate.known(asked).isPresent();
            });
            var corrected = new GateRequest(key, "s2", "");
            assertEquals(Optional.empty(), evaluateGate.known(corrected));
            var kept = gate.service().get(Releases.class).find(release.id()).orElseThrow();
            assertTrue(kept.open(), kept.state().name());
        }
    }

    /** Reviews go on meanwhile, and may decide between the two answers; what is wrong in memory stays wrong. */
    private static int compared(Both both, GateRequest request, String where) {
        var answered = new boolean[1];
        Await.until(where + ": one answer to " + request, LIMIT, () -> {
            var agree = both.agree(request);
            answered[0] = agree.isPresent();
            return agree.orElse(true);
        });
        return answered[0] ? 1 : 0;
    }

    private static void settle(GateUnderTest gate) {
        var now = System.nanoTime();
        var releases = gate.service().get(ReleaseMemory.class);
        var reports = gate.service().get(AnalysisReports.class);
        // Has the feed look now, and not at the end of its pause.
        releases.changedHere(UUID.randomUUID());
        Await.until("both feeds", LIMIT, () -> releases.hasLookedSince(now) && reports.hasLookedSince(now));
    }

    private void step(GateUnderTest gate, Both both) {
        var canary = any(CANARIES);
        switch (random.nextInt(13)) {
            case 0 -> gate.analysis.say(canary, Verdict.CONTINUE, random.nextInt(5));
            case 1 -> gate.analysis.say(canary, Verdict.PASS, random.nextInt(5));
            case 2 ->
                gate.analysis.say(canary, analysis -> analysis.setVerdict(Verdict.FAIL)
                        .setState(Analysis.State.CONCLUDED)
                        .setWindowCount(3)
                        .clearObjectives()
                        .addObjectives(FakeAnalysis.violated()));
            case 3 ->
                gate.analysis.say(canary, analysis -> analysis.setVerdict(Verdict.INCONCLUSIVE)
                        .setState(Analysis.State.CONCLUDED)
                        .setWindowCount(4));
            case 4 ->
                gate.analysis.say(canary, analysis -> analysis.setVerdict(Verdict.PASS)
                        .setState(Analysis.State.CONCLUDED)
                        .setWindowCount(4));
            case 5 -> gate.analysis.silence(canary, analysis -> analysis.setVerdict(Verdict.CONTINUE));
            case 6 -> gate.analysis.leave(canary);
            case 7 ->
                gate.analysis.say(canary, analysis -> analysis.setMeasuring(MeasuringState.UNREACHABLE)
                        .setMeasuringDetail("away")
                        .clearObjectives()
                        .addObjectives(FakeAnalysis.objective(random.nextInt(9), 1_000, 3)));
            case 8 -> byHand(gate);
            case 9 ->
                GateUnderTest.policy(folder, "checkout", "  gate: {undecided: " + any(List.of("hold", "abort")) + "}");
            case 10 -> gate.analysis.cut();
            case 11 -> stopOrResume(gate);
            default -> both.ask(question());
        }
    }

    /** Stops the promotions of a service, or ends the stops there are. */
    private void stopOrResume(GateUnderTest gate) {
        var holds = PromotionHoldServiceGrpc.newBlockingStub(gate.channel());
        var active = holds.listHolds(ListHoldsRequest.getDefaultInstance()).getHoldsList();
        if (active.isEmpty()) {
            holds.holdPromotions(HoldPromotionsRequest.newBuilder()
                    .addServices(any(List.of("check*", "payment", "*")))
                    .setReason("an incident")
                    .setExpireTime(
                            Timestamp.newBuilder().setSeconds(Instant.now().getEpochSecond() + 3_600))
                    .build());
        }
        active.forEach(hold -> holds.resumePromotions(ResumePromotionsRequest.newBuilder()
                .setName(hold.getName())
                .setReason("fixed")
                .build()));
    }

    private void byHand(GateUnderTest gate) {
        var open = gate.grpc()
                .listReleases(ListReleasesRequest.newBuilder()
                        .setState(dev.portcullis.proto.gate.v1.Release.State.OPEN)
                        .build())
                .getReleasesList();
        if (open.isEmpty()) {
            return;
        }
        var name = any(open).getName();
        try {
            if (random.nextBoolean()) {
                gate.grpc()
                        .promoteRelease(PromoteReleaseRequest.newBuilder()
                                .setName(name)
                                .setReason("fine")
                                .build());
            } else {
                gate.grpc()
                        .abortRelease(AbortReleaseRequest.newBuilder()
                                .setName(name)
                                .setReason("bad")
                                .build());
            }
        } catch (StatusRuntimeException e) {
            // It has ended meanwhile.
        }
    }
}
