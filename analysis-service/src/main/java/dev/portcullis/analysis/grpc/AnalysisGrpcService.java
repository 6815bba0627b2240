package dev.portcullis.analysis.grpc;

import com.google.protobuf.ByteString;
import dev.portcullis.analysis.run.AnalysisState;
import dev.portcullis.analysis.run.ListPosition;
import dev.portcullis.analysis.run.Purpose;
import dev.portcullis.analysis.run.RunFilter;
import dev.portcullis.analysis.usecase.CancelAnalysis;
import dev.portcullis.analysis.usecase.GetAnalysis;
import dev.portcullis.analysis.usecase.GetErrorBudget;
import dev.portcullis.analysis.usecase.ListAnalyses;
import dev.portcullis.analysis.usecase.ScoreCounts;
import dev.portcullis.analysis.usecase.StartAnalysis;
import dev.portcullis.analysis.usecase.WatchAnalyses;
import dev.portcullis.analysis.usecase.WatchVerdicts;
import dev.portcullis.kit.retention.DeletedRecords;
import dev.portcullis.kit.rpc.Answers;
import dev.portcullis.kit.rpc.PageTokens;
import dev.portcullis.kit.rpc.RequestFields;
import dev.portcullis.kit.rpc.Versions;
import dev.portcullis.kit.rpc.Watches;
import dev.portcullis.kit.telemetry.TraceLink;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.AnalysisServiceGrpc;
import dev.portcullis.proto.analysis.v1.CancelAnalysisRequest;
import dev.portcullis.proto.analysis.v1.GetAnalysisRequest;
import dev.portcullis.proto.analysis.v1.GetErrorBudgetRequest;
import dev.portcullis.proto.analysis.v1.GetErrorBudgetResponse;
import dev.portcullis.proto.analysis.v1.ListAnalysesRequest;
import dev.portcullis.proto.analysis.v1.ListAnalysesResponse;
import dev.portcullis.proto.analysis.v1.ScoreCountsRequest;
import dev.portcullis.proto.analysis.v1.ScoreCountsResponse;
import dev.portcullis.proto.analysis.v1.StartAnalysisRequest;
import dev.portcullis.proto.analysis.v1.WatchAnalysesRequest;
import dev.portcullis.proto.analysis.v1.WatchAnalysesResponse;
import dev.portcullis.proto.analysis.v1.WatchAnalysisRequest;
import dev.portcullis.proto.analysis.v1.WatchVerdictsRequest;
import dev.portcullis.proto.analysis.v1.WatchVerdictsResponse;
import io.grpc.Context;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** portcullis.analysis.v1.AnalysisService. Thread-safe. */
public final class AnalysisGrpcService extends AnalysisServiceGrpc.AnalysisServiceImplBase {
    /** More than any source takes for an answer or a refusal. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private static final Duration WAY_BACK = Duration.ofMillis(250);
    /** Part of the time from a FAIL to its rollback; a look that finds nothing reads one page of an index. */
    private static final Duration LOOK_FOR_CHANGES = Duration.ofMillis(50);

    private final StartAnalysis start;
    private final GetAnalysis get;
    private final ListAnalyses list;
    private final CancelAnalysis cancel;
    private final ScoreCounts score;
    private final GetErrorBudget budget;
    private final WatchVerdicts verdicts;
    private final WatchAnalyses changes;
    private final DomainErrors errors;
    private final Watches<Analysis> watches;

    public AnalysisGrpcService(
            StartAnalysis start,
            GetAnalysis get,
            ListAnalyses list,
            CancelAnalysis cancel,
            ScoreCounts score,
            GetErrorBudget budget,
            WatchVerdicts verdicts,
            WatchAnalyses changes,
            Versions versions,
            DeletedRecords deleted) {
        this.start = start;
        this.get = get;
        this.list = list;
        this.cancel = cancel;
        this.score = score;
        this.budget = budget;
        this.verdicts = verdicts;
        this.changes = changes;
        this.errors = new DomainErrors(deleted);
        this.watches = new Watches<>(
                versions,
                id -> errors.mapped(() -> AnalysisMapper.of(get.get(id))),
                analysis -> analysis.getState() != Analysis.State.RUNNING);
    }

    @Override
    public void startAnalysis(StartAnalysisRequest request, StreamObserver<Analysis> observer) {
        answer(observer, () -> {
            var run = start.start(StartMapper.request(request, TraceLink.current()));
            var message = AnalysisMapper.of(run);
            // What was not started has no name to be found by.
            return request.getValidateOnly() ? message.toBuilder().clearName().build() : message;
        });
    }

    @Override
    public void getAnalysis(GetAnalysisRequest request, StreamObserver<Analysis> observer) {
        answer(observer, () -> {
            var id = id(request.getName());
            var run = request.getExtendRetention() ? get.getForDecision(id) : get.get(id);
            var message = AnalysisMapper.of(
                    run,
                    request.getIncludeWindows() ? get.windows(run) : List.of(),
                    request.getIncludeBounds() ? get.bounds(run) : List.of())
                    .toBuilder();
            if (request.getIncludeRecord()) {
                message.setRecord(ByteString.copyFrom(get.record(run)));
            }
            if (request.getIncludeHistory()) {
                message.addAllHistory(HistoryMapper.of(get.history(run)));
            }
            return message.build();
        });
    }

    @Override
    public void listAnalyses(ListAnalysesRequest request, StreamObserver<ListAnalysesResponse> observer) {
        answer(observer, () -> {
            var filter = new RunFilter(
                    RequestFields.optionalName("service", request.getService()).orElse(null),
                    state(request.getState()),
                    purpose(request.getPurpose()));
            var tokens = PageTokens.under(filter.service(), filter.state(), filter.purpose());
            var after = tokens.position(request.getPageToken())
                    .map(position -> new ListPosition(position.time(), position.id()))
                    .orElse(null);
            var page = list.list(filter, after, RequestFields.pageSize(request.getPageSize()));
            return ListAnalysesResponse.newBuilder()
                    .addAllAnalyses(page.runs().stream().map(AnalysisMapper::of).toList())
                    .setNextPageToken(next(tokens, page.next()))
                    .build();
        });
    }

    @Override
    public void watchAnalysis(WatchAnalysisRequest request, StreamObserver<Analysis> observer) {
        watches.follow(observer, () -> id(request.getName()));
    }

    @Override
    public void watchVerdicts(WatchVerdictsRequest request, StreamObserver<WatchVerdictsResponse> observer) {
        var watch = verdicts.begin();
        Answers.follow(
                observer,
                LOOK_FOR_CHANGES,
                () -> VerdictMapper.of(watch.look()),
                message -> message.getChangesCount() == 0);
    }

    @Override
    public void watchAnalyses(WatchAnalysesRequest request, StreamObserver<WatchAnalysesResponse> observer) {
        var watch = changes.begin(request.getPosition());
        Answers.follow(
                observer,
                LOOK_FOR_CHANGES,
                to -> errors.mapped(() -> {
                    watch.look(part -> to.onNext(AnalysisMapper.of(part)));
                    return to;
                }));
    }

    @Override
    public void cancelAnalysis(CancelAnalysisRequest request, StreamObserver<Analysis> observer) {
        answer(observer, () -> {
            var id = id(request.getName());
            return AnalysisMapper.of(cancel.cancel(id, RequestFields.text("reason", request.getReason())));
        });
    }

    @Override
    public void scoreCounts(ScoreCountsRequest request, StreamObserver<ScoreCountsResponse> observer) {
        answer(
                observer,
                () -> ScoreMapper.response(
                        request, score.score(ScoreMapper.plan(request), ScoreMapper.windows(request))));
    }

    @Override
    public void getErrorBudget(GetErrorBudgetRequest request, StreamObserver<GetErrorBudgetResponse> observer) {
        answer(
                observer,
                () -> BudgetMapper.response(budget.get(
                        RequestFields.name("service", request.getService()),
                        BudgetMapper.preset(request.getPreset()),
                        timeLeft())));
    }

    /** So that a caller in a hurry is told of what could be read by then. */
    private static Duration timeLeft() {
        var deadline = Context.current().getDeadline();
        var left = deadline == null
                ? LONGEST_WAIT
                : Duration.ofMillis(deadline.timeRemaining(TimeUnit.MILLISECONDS))
                        .minus(WAY_BACK);
        return left.isNegative() ? Duration.ZERO : left.compareTo(LONGEST_WAIT) < 0 ? left : LONGEST_WAIT;
    }

    private <T> void answer(StreamObserver<T> observer, Supplier<T> call) {
        Answers.unary(observer, () -> errors.mapped(call));
    }

    private static UUID id(String name) {
        return RequestFields.id("name", AnalysisMapper.PREFIX, name);
    }

    private static String next(PageTokens tokens, @Nullable ListPosition position) {
        return position == null ? "" : tokens.of(new PageTokens.Position(position.begin(), position.id()));
    }

    private static @Nullable AnalysisState state(Analysis.State state) {
        return switch (state) {
            case STATE_UNSPECIFIED -> null;
            case RUNNING -> AnalysisState.RUNNING;
            case CONCLUDED -> AnalysisState.CONCLUDED;
            case CANCELLED -> AnalysisState.CANCELLED;
            case UNRECOGNIZED -> throw RequestFields.invalid("state", "is none of RUNNING, CONCLUDED, CANCELLED");
        };
    }

    private static @Nullable Purpose purpose(Analysis.Purpose purpose) {
        return switch (purpose) {
            case PURPOSE_UNSPECIFIED -> null;
            case RELEASE -> Purpose.RELEASE;
            case RECOVERY -> Purpose.RECOVERY;
            case UNRECOGNIZED -> throw RequestFields.invalid("purpose", "is none of RELEASE, RECOVERY");
        };
    }
}
