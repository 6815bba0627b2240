package dev.portcullis.gate.usecase;

import dev.portcullis.gate.analysis.AnalysisProgress;
import dev.portcullis.gate.calendar.PromotionCalendar;
import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.decision.Origin;
import dev.portcullis.gate.policy.GatePolicy;
import dev.portcullis.gate.policy.Policies;
import dev.portcullis.gate.policy.UndecidedAction;
import dev.portcullis.gate.release.GateRequest;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseKey;
import dev.portcullis.gate.release.ReleaseMemory;
import dev.portcullis.gate.release.ReleaseStart;
import dev.portcullis.gate.release.ReleaseState;
import dev.portcullis.gate.release.RollbackNote;
import dev.portcullis.gate.telemetry.CountedReleaseEvents;
import dev.portcullis.gate.trace.Traces;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/** A wait whose every task runs when the test says so: what is in neither queue holds no thread. */
abstract class AwaitDecisionSetup {
    static final GateRequest REQUEST = new GateRequest(new ReleaseKey("checkout", "", "", "c1", ""), "s1", "");

    static final Traces NO_TRACES = new Traces() {
        @Override
        public String traceparent() {
            return "";
        }

        @Override
        public String traceId() {
            return "";
        }

        @Override
        public <T> T continuing(String traceparent, String span, Supplier<T> work) {
            return work.get();
        }
    };

    final Deque<Runnable> threads = new ArrayDeque<>();
    final Deque<Runnable> due = new ArrayDeque<>();
    final List<Duration> delays = new ArrayList<>();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    int asked;
    long now;
    int readings;
    /** The reading of the clock before which two minutes pass; -1 = none. */
    int lateReading = -1;

    Function<GateRequest, Evaluation> says = request -> hold("wait");
    Function<GateRequest, Optional<Evaluation>> inMemory = request -> Optional.empty();
    final Set<String> services = new HashSet<>();
    final ReleaseMemory memory = new ReleaseMemory(() -> now);

    final Policies policies = new Policies() {
        @Override
        public Optional<GatePolicy> find(String service) {
            return Optional.of(new GatePolicy(service, service, UndecidedAction.HOLD))
                    .filter(policy -> services.contains(service));
        }

        @Override
        public Set<String> services() {
            return Set.copyOf(services);
        }

        @Override
        public PromotionCalendar calendar() {
            return new PromotionCalendar(List.of());
        }

        @Override
        public Instant since() {
            return Instant.EPOCH;
        }
    };

    AwaitDecision await() {
        return await(Runnable::run, Duration.ofDays(1));
    }

    AwaitDecision await(Executor store, Duration longest) {
        var gate = new EvaluateGate(
                request -> inMemory.apply(request),
                request -> {
                    asked++;
                    return says.apply(request);
                },
                () -> 0,
                store,
                new CountedReleaseEvents(meters),
                longest,
                () -> now);
        return new AwaitDecision(
                gate,
                memory,
                policies,
                NO_TRACES,
                threads::add,
                (delay, task) -> {
                    delays.add(delay);
                    due.add(task);
                },
                Duration.ofMillis(1_800),
                () -> {
                    if (readings++ == lateReading) {
                        now += Duration.ofMinutes(2).toNanos();
                    }
                    return now;
                });
    }

    static Evaluation hold(String why) {
        return Evaluation.unrecorded(Decision.hold(DecisionReason.NO_DATA, why));
    }

    void runThreads() {
        while (!threads.isEmpty()) {
            threads.remove().run();
        }
    }

    void pass(Duration time) {
        now += time.toNanos();
        var tasks = List.copyOf(due);
        due.clear();
        tasks.forEach(Runnable::run);
        runThreads();
    }

    /** About a release, of whose changes the feed tells. */
    static Evaluation about(String explanation) {
        var decision = Decision.hold(DecisionReason.NOT_ENOUGH_EVIDENCE, explanation);
        var origin = new Origin(new UUID(1, 2), Origin.GATE, "", "", "", "", Instant.EPOCH);
        var release = new Release(
                new ReleaseStart(new UUID(0, 1), REQUEST.key(), 1, false, "s1", "", Instant.EPOCH),
                1,
                ReleaseState.OPEN,
                "analyses/1",
                AnalysisProgress.NEVER,
                Optional.of(decision.recorded(origin, Optional.empty())),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                RollbackNote.NONE);
        return Evaluation.latest(release);
    }

    static String told(Evaluation evaluation) {
        return evaluation.decision().explanation();
    }

    void change() {
        memory.changed(Set.of(REQUEST.key().ofRollout()), Set.of());
        memory.wake(Set.of(REQUEST.key().ofRollout()));
    }
}
