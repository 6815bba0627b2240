package dev.portcullis.gate.testing;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import com.google.rpc.Code;
import dev.portcullis.kit.rpc.Answers;
import dev.portcullis.kit.rpc.ProtoTimes;
import dev.portcullis.kit.rpc.RpcErrors;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.AnalysisServiceGrpc;
import dev.portcullis.proto.analysis.v1.ArmCounts;
import dev.portcullis.proto.analysis.v1.BurnRateRow;
import dev.portcullis.proto.analysis.v1.CancelAnalysisRequest;
import dev.portcullis.proto.analysis.v1.ConfidenceInterval;
import dev.portcullis.proto.analysis.v1.Counts;
import dev.portcullis.proto.analysis.v1.ErrorBudget;
import dev.portcullis.proto.analysis.v1.ErrorReason;
import dev.portcullis.proto.analysis.v1.Evidence;
import dev.portcullis.proto.analysis.v1.GetAnalysisRequest;
import dev.portcullis.proto.analysis.v1.GetErrorBudgetRequest;
import dev.portcullis.proto.analysis.v1.GetErrorBudgetResponse;
import dev.portcullis.proto.analysis.v1.HistoryPoint;
import dev.portcullis.proto.analysis.v1.MeasuringState;
import dev.portcullis.proto.analysis.v1.ObjectiveHistory;
import dev.portcullis.proto.analysis.v1.ObjectiveResult;
import dev.portcullis.proto.analysis.v1.StartAnalysisRequest;
import dev.portcullis.proto.analysis.v1.TestResult;
import dev.portcullis.proto.analysis.v1.Verdict;
import dev.portcullis.proto.analysis.v1.WatchAnalysesRequest;
import dev.portcullis.proto.analysis.v1.WatchAnalysesResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** An analysis-service that says what the test wants. What it says of a canary changes with {@link #say}; each change is later than the last. */
public final class FakeAnalysis extends AnalysisServiceGrpc.AnalysisServiceImplBase {
    private static final Duration LOOK_EVERY = Duration.ofMillis(10);

    private final Map<String, Analysis> byName = new ConcurrentHashMap<>();
    private final Map<String, String> nameByRequest = new ConcurrentHashMap<>();
    private final Map<String, Consumer<Analysis.Builder>> said = new ConcurrentHashMap<>();
    private final Map<String, Double> budgets = new ConcurrentHashMap<>();
    private final Map<String, Double> burnRates = new ConcurrentHashMap<>();
    private final Set<String> unknown = ConcurrentHashMap.newKeySet();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final List<StartAnalysisRequest> starts = new CopyOnWriteArrayList<>();
    private final List<String> cancelled = new CopyOnWriteArrayList<>();
    private final Set<String> kept = ConcurrentHashMap.newKeySet();
    private volatile boolean expired;
    private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
    private final AtomicInteger watches = new AtomicInteger();
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger cuts = new AtomicInteger();
    private final AtomicLong changes = new AtomicLong(1_000);
    private volatile long lastSaid = System.nanoTime();

    /** From now on the analyses of a canary say this. */
    public void say(String canary, Consumer<Analysis.Builder> what) {
        var change = changes.incrementAndGet();
        said.put(canary, what.andThen(analysis -> analysis.setRevision(change)
                .setUpdateTime(Timestamp.newBuilder().setSeconds(change))));
        lastSaid = System.nanoTime();
    }

    /** Verdict and windows, measuring. */
    public void say(String canary, Verdict verdict, int windows) {
        say(canary, analysis -> analysis.setVerdict(verdict).setWindowCount(windows));
    }

    /** From now on so much is left of the only error budget of a service, that of its availability. */
    public void budget(String service, double left) {
        budgets.put(service, left);
    }

    /** From now on the only error budget of a service, of which half is left, burns so many times as fast as is allowed; a page is due above 14.4. */
    public void burns(String service, double rate) {
        budgets.put(service, 0.5);
        burnRates.put(service, rate);
    }

    /** When what it says changed last, as {@link System#nanoTime}. */
    public long lastSaid() {
        return lastSaid;
    }

    /** How many watch. */
    public int watchers() {
        return watchers.size();
    }

    /** How many have begun to watch so far. */
    public int watches() {
        return watches.get();
    }

    /** Cuts off everybody who watches. */
    public void cut() {
        cuts.incrementAndGet();
    }

    /** From now on the service is unknown here. */
    public void forget(String service) {
        unknown.add(service);
    }

    /** From now on no analysis of this canary can be begun. */
    public void refuse(String canary) {
        refused.add(canary);
    }

    /** From now on the analyses of a canary know of no request to it; how they stand is said as in {@link #say}. */
    public void silence(String canary, Consumer<Analysis.Builder> what) {
        say(canary, what.andThen(analysis -> analysis.setMeasuring(MeasuringState.NO_DATA)
                .setMeasuringDetail("the canary '" + canary + "' has served no request")
                .clearObjectives()
                .addObjectives(objective(0, 0, -1))));
    }

    /** From now on users have left a canary: an hour ago a request of it was counted last. */
    public void leave(String canary) {
        var change = changes.addAndGet(3_600);
        said.put(canary, analysis -> analysis.setRevision(change)
                .setUpdateTime(Timestamp.newBuilder().setSeconds(change))
                .setLastRequestTime(Timestamp.newBuilder().setSeconds(change - 3_600)));
        lastSaid = System.nanoTime();
    }

    public List<StartAnalysisRequest> starts() {
        return List.copyOf(starts);
    }

    /** Names of the analyses started. */
    public Set<String> names() {
        return Set.copyOf(byName.keySet());
    }

    /** Names of the analyses whose retention was extended. */
    public Set<String> kept() {
        return Set.copyOf(kept);
    }

    /** From now on no analysis is kept any more. */
    public void expire() {
        expired = true;
        lastSaid = System.nanoTime();
    }

    /** Names of the analyses cancelled. */
    public List<String> cancelled() {
        return List.copyOf(cancelled);
    }

    @Override
    public void startAnalysis(StartAnalysisRequest request, StreamObserver<Analysis> observer) {
        Answers.unary(observer, () -> {
            starts.add(request);
            if (unknown.contains(request.getService())) {
                var message = "no ReleasePolicy for service '" + request.getService() + "'";
                throw RpcErrors.error(Code.NOT_FOUND, ErrorReason.UNKNOWN_SERVICE, message, Map.of());
            }
            if (request.getCanary().equals(request.getBaseline()) || refused.contains(request.getCanary())) {
                throw RpcErrors.invalidField("canary", "is refused by the test");
            }
            var name = nameByRequest.computeIfAbsent(request.getRequestId(), id -> "analyses/" + UUID.randomUUID());
            return now(byName.computeIfAbsent(name, n -> begun(n, request)));
        });
    }

    @Override
    public void getAnalysis(GetAnalysisRequest request, StreamObserver<Analysis> observer) {
        Answers.unary(observer, () -> {
            if (request.getExtendRetention()) {
                kept.add(request.getName());
            }
            reads.incrementAndGet();
            var analysis = now(known(request.getName()));
            if (request.getIncludeHistory()) {
                return withHistory(analysis);
            }
            return request.getIncludeRecord()
                    ? analysis.toBuilder()
                            .setRecord(ByteString.copyFromUtf8("record of " + request.getName()))
                            .build()
                    : analysis;
        });
    }

    /** With two points: when it had half of the evidence, and now. */
    private static Analysis withHistory(Analysis analysis) {
        return analysis.toBuilder()
                .addHistory(point(analysis, 0.5)
                        .setWindow(1)
                        .setTime(Timestamp.newBuilder().setSeconds(970)))
                .addHistory(point(analysis, 1)
                        .setWindow(2)
                        .setTime(Timestamp.newBuilder().setSeconds(1_000)))
                .build();
    }

    private static HistoryPoint.Builder point(Analysis analysis, double part) {
        var point = HistoryPoint.newBuilder()
                .setFail(analysis.getEvidence().getFail() * part)
                .setPass(analysis.getEvidence().getPass() * part);
        analysis.getObjectivesList()
                .forEach(objective -> point.addObjectives(ObjectiveHistory.newBuilder()
                        .setSlo(objective.getSlo())
                        .setCounts(objective.getCounts())
                        .setCanary(
                                ConfidenceInterval.newBuilder().setLower(0.001).setUpper(0.02))
                        .setBaseline(ConfidenceInterval.newBuilder().setUpper(0.001))));
        return point;
    }

    /** How often an analysis was read. */
    public int reads() {
        return reads.get();
    }

    @Override
    public void watchAnalyses(WatchAnalysesRequest request, StreamObserver<WatchAnalysesResponse> observer) {
        var watcher = new Watcher(System.nanoTime(), cuts.get());
        if (request.getPosition().isEmpty()) {
            watcher.begin();
        }
        watchers.add(watcher);
        watches.incrementAndGet();
        try {
            Answers.follow(observer, LOOK_EVERY, to -> to.onNext(watcher.look()));
        } finally {
            watchers.remove(watcher);
        }
    }

    /** Tells what is another than it told before. */
    private final class Watcher {
        private final long begun;
        private final int cutsBefore;
        private final Map<String, Analysis> told = new HashMap<>();

        private Watcher(long begun, int cutsBefore) {
            this.begun = begun;
            this.cutsBefore = cutsBefore;
        }

        /** Tells only what changes from now on. One that goes on where another was left tells everything again instead, so that nothing between the two is lost. */
        private void begin() {
            byName.values().forEach(analysis -> told.put(analysis.getName(), now(analysis)));
        }

        private WatchAnalysesResponse look() {
            if (cuts.get() != cutsBefore) {
                throw Status.UNAVAILABLE.withDescription("cut by the test").asRuntimeException();
            }
            var message = WatchAnalysesResponse.newBuilder()
                    .setPosition("1:1:")
                    .setElapsed(ProtoTimes.duration(Duration.ofNanos(System.nanoTime() - begun)));
            if (expired) {
                return message.addAllLost(byName.keySet()).build();
            }
            for (var analysis : byName.values()) {
                var now = now(analysis);
                if (!now.equals(told.put(now.getName(), now))) {
                    message.addAnalyses(now);
                }
            }
            return message.build();
        }
    }

    @Override
    public void cancelAnalysis(CancelAnalysisRequest request, StreamObserver<Analysis> observer) {
        Answers.unary(observer, () -> {
            cancelled.add(request.getName());
            return known(request.getName());
        });
    }

    @Override
    public void getErrorBudget(GetErrorBudgetRequest request, StreamObserver<GetErrorBudgetResponse> observer) {
        Answers.unary(observer, () -> {
            var left = budgets.get(request.getService());
            if (left == null) {
                throw Status.UNAVAILABLE.withDescription("no budget yet").asRuntimeException();
            }
            return GetErrorBudgetResponse.newBuilder()
                    .addBudgets(ErrorBudget.newBuilder()
                            .setSlo("availability")
                            .setState(ErrorBudget.State.MEASURED)
                            .setLeft(left)
                            .addRows(page(burnRates.getOrDefault(request.getService(), 0.0))))
                    .build();
        });
    }

    private static BurnRateRow page(double rate) {
        return BurnRateRow.newBuilder()
                .setSeverity(BurnRateRow.Severity.PAGE)
                .setLongWindow(ProtoTimes.duration(Duration.ofHours(1)))
                .setShortWindow(ProtoTimes.duration(Duration.ofMinutes(5)))
                .setFactor(14.4)
                .setLongBurnRate(rate)
                .setShortBurnRate(rate)
                .setMet(rate > 14.4)
                .build();
    }

    private Analysis known(String name) {
        if (expired) {
            throw RpcErrors.error(
                    Code.NOT_FOUND, ErrorReason.RECORD_EXPIRED, "analysis " + name + " was deleted at ...", Map.of());
        }
        var analysis = byName.get(name);
        if (analysis == null) {
            throw RpcErrors.error(Code.NOT_FOUND, ErrorReason.ANALYSIS_NOT_FOUND, "no analysis " + name, Map.of());
        }
        return analysis;
    }

    private Analysis now(Analysis analysis) {
        var builder = analysis.toBuilder();
        said.getOrDefault(analysis.getCanary(), same -> {}).accept(builder);
        return builder.build();
    }

    private static Analysis begun(String name, StartAnalysisRequest request) {
        return Analysis.newBuilder()
                .setName(name)
                .setService(request.getService())
                .setCanary(request.getCanary())
                .setBaseline(request.getBaseline())
                .setState(Analysis.State.RUNNING)
                .setVerdict(Verdict.CONTINUE)
                .setMeasuring(MeasuringState.MEASURING)
                .setEvidence(evidence(0, 0))
                .addObjectives(objective(6, 1000, 5.0))
                .setUpdateTime(Timestamp.newBuilder().setSeconds(1_000))
                .setDeadlineTime(Timestamp.newBuilder().setSeconds(4_000_000_000L))
                .build();
    }

    /** Combined evidence as logarithms, with the default thresholds. */
    public static Evidence evidence(double fail, double pass) {
        return Evidence.newBuilder()
                .setFail(fail)
                .setPass(pass)
                .setFailThreshold(Math.log(100))
                .setPassThreshold(Math.log(20))
                .build();
    }

    /** An objective whose baseline has one bad request of ten thousand. */
    public static ObjectiveResult objective(double bad, double total, double burnRate) {
        return ObjectiveResult.newBuilder()
                .setSlo("availability")
                .setTarget(0.999)
                .setCounts(ArmCounts.newBuilder()
                        .setCanary(Counts.newBuilder().setBad(bad).setTotal(total))
                        .setBaseline(Counts.newBuilder().setBad(1).setTotal(10_000)))
                .setCanaryBurnRate(burnRate)
                .setBaselineBurnRate(0.1)
                .build();
    }

    /** The same with an SLO test whose evidence alone is enough. */
    public static ObjectiveResult violated() {
        return objective(60, 1000, 60).toBuilder()
                .setSloTest(TestResult.newBuilder().setFail(9).setCulprit(true))
                .build();
    }
}
