package dev.portcullis.gate.grpc;

import com.google.protobuf.ByteString;
import dev.portcullis.gate.analysis.AnalysisUnavailableException;
import dev.portcullis.gate.evidence.AnalysisDetail;
import dev.portcullis.gate.release.IdRange;
import dev.portcullis.gate.release.ReleaseFilter;
import dev.portcullis.gate.release.ReleaseState;
import dev.portcullis.gate.release.ResourceName;
import dev.portcullis.gate.rule.AddedRules;
import dev.portcullis.gate.usecase.ApproveRelease;
import dev.portcullis.gate.usecase.DecideByHand;
import dev.portcullis.gate.usecase.EvaluateGate;
import dev.portcullis.gate.usecase.ReadEvidence;
import dev.portcullis.gate.usecase.ReadRecord;
import dev.portcullis.gate.usecase.ReadReleases;
import dev.portcullis.gate.usecase.RetryRelease;
import dev.portcullis.gate.usecase.WithdrawApproval;
import dev.portcullis.kit.retention.DeletedRecords;
import dev.portcullis.kit.rpc.Answers;
import dev.portcullis.kit.rpc.CallArrival;
import dev.portcullis.kit.rpc.CallCaller;
import dev.portcullis.kit.rpc.PageTokens;
import dev.portcullis.kit.rpc.RequestFields;
import dev.portcullis.kit.rpc.Versions;
import dev.portcullis.kit.rpc.Watches;
import dev.portcullis.kit.text.RequestName;
import dev.portcullis.proto.gate.v1.AbortReleaseRequest;
import dev.portcullis.proto.gate.v1.ApproveReleaseRequest;
import dev.portcullis.proto.gate.v1.Decision;
import dev.portcullis.proto.gate.v1.EvaluateGateRequest;
import dev.portcullis.proto.gate.v1.EvaluateGateResponse;
import dev.portcullis.proto.gate.v1.GateServiceGrpc;
import dev.portcullis.proto.gate.v1.GetDecisionRequest;
import dev.portcullis.proto.gate.v1.GetReleaseRequest;
import dev.portcullis.proto.gate.v1.ListDecisionsRequest;
import dev.portcullis.proto.gate.v1.ListDecisionsResponse;
import dev.portcullis.proto.gate.v1.ListReleasesRequest;
import dev.portcullis.proto.gate.v1.ListReleasesResponse;
import dev.portcullis.proto.gate.v1.PromoteReleaseRequest;
import dev.portcullis.proto.gate.v1.Release;
import dev.portcullis.proto.gate.v1.RetryReleaseRequest;
import dev.portcullis.proto.gate.v1.WatchReleaseRequest;
import dev.portcullis.proto.gate.v1.WithdrawApprovalRequest;
import io.grpc.Context;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** GateService over gRPC. Thread-safe. */
public final class GateGrpcService extends GateServiceGrpc.GateServiceImplBase {
    private static final Logger LOG = LoggerFactory.getLogger(GateGrpcService.class);
    private static final String RELEASE_FORM = "services/{service}/releases/{uuid}";

    private final EvaluateGate evaluateGate;
    private final AddedRules addedRules;
    private final ReadReleases readReleases;
    private final ReadRecord readRecord;
    private final ReadEvidence readEvidence;
    private final DecideByHand decideByHand;
    private final ApproveRelease approveRelease;
    private final WithdrawApproval withdrawApproval;
    private final RetryRelease retryRelease;
    private final DomainErrors errors;
    private final Watches<Release> watches;

    public GateGrpcService(
            EvaluateGate evaluateGate,
            AddedRules addedRules,
            ReadReleases readReleases,
            ReadRecord readRecord,
            ReadEvidence readEvidence,
            DecideByHand decideByHand,
            ApproveRelease approveRelease,
            WithdrawApproval withdrawApproval,
            RetryRelease retryRelease,
            Versions versions,
            DeletedRecords deleted) {
        this.evaluateGate = evaluateGate;
        this.addedRules = addedRules;
        this.readReleases = readReleases;
        this.readRecord = readRecord;
        this.readEvidence = readEvidence;
        this.decideByHand = decideByHand;
        this.approveRelease = approveRelease;
        this.withdrawApproval = withdrawApproval;
        this.retryRelease = retryRelease;
        this.errors = new DomainErrors(deleted);
        this.watches = new Watches<>(
                versions,
                id -> errors.mapped(() -> GateMapper.release(readReleases.get(id))),
                release -> release.getState() != Release.State.OPEN);
    }

    @Override
    public void evaluateGate(EvaluateGateRequest request, StreamObserver<EvaluateGateResponse> observer) {
        var arrived = CallArrival.nanoTime();
        answer(
                observer,
                () -> GateMapper.response(evaluateGate.evaluate(GateMapper.request(request, addedRules), arrived)));
    }

    @Override
    public void getRelease(GetReleaseRequest request, StreamObserver<Release> observer) {
        answer(observer, () -> {
            var release = readReleases.get(releaseName("name", request.getName()));
            var message = GateMapper.release(release, readReleases.lastDrill(release), readReleases.rollback(release));
            return request.getIncludeAnalysis()
                    ? evidence(release)
                            .map(detail -> GateMapper.withAnalysis(message, detail))
                            .orElse(message)
                    : message;
        });
    }

    /** What cannot be had is left out: a release can be read while analysis-service is away. */
    private Optional<AnalysisDetail> evidence(dev.portcullis.gate.release.Release release) {
        try {
            return readEvidence.of(release);
        } catch (AnalysisUnavailableException e) {
            LOG.debug("{} is told without its analysis: {}", release.name(), e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public void listReleases(ListReleasesRequest request, StreamObserver<ListReleasesResponse> observer) {
        answer(observer, () -> list(request));
    }

    @Override
    public void watchRelease(WatchReleaseRequest request, StreamObserver<Release> observer) {
        watches.follow(
                observer,
                () -> errors.mapped(() ->
                        readReleases.get(releaseName("name", request.getName())).id()));
    }

    @Override
    public void promoteRelease(PromoteReleaseRequest request, StreamObserver<Release> observer) {
        answer(observer, () -> {
            var reason = RequestFields.text("reason", request.getReason());
            var name = releaseName("name", request.getName());
            return GateMapper.release(
                    request.getAgainstFail()
                            ? decideByHand.promoteAgainstFail(name, CallCaller.current(), reason)
                            : decideByHand.promote(name, CallCaller.current().name(), reason));
        });
    }

    @Override
    public void abortRelease(AbortReleaseRequest request, StreamObserver<Release> observer) {
        answer(observer, () -> {
            var reason = RequestFields.text("reason", request.getReason());
            return GateMapper.release(decideByHand.abort(
                    releaseName("name", request.getName()), CallCaller.current().name(), reason));
        });
    }

    @Override
    public void approveRelease(ApproveReleaseRequest request, StreamObserver<Release> observer) {
        answer(
                observer,
                () -> GateMapper.release(approveRelease.approve(
                        releaseName("name", request.getName()),
                        request.getDecision(),
                        CallCaller.current(),
                        RequestFields.text("reason", request.getReason()))));
    }

    @Override
    public void withdrawApproval(WithdrawApprovalRequest request, StreamObserver<Release> observer) {
        answer(
                observer,
                () -> GateMapper.release(withdrawApproval.withdraw(
                        releaseName("name", request.getName()),
                        CallCaller.current(),
                        RequestFields.text("reason", request.getReason()))));
    }

    @Override
    public void retryRelease(RetryReleaseRequest request, StreamObserver<Release> observer) {
        answer(
                observer,
                () -> GateMapper.release(retryRelease.retry(
                        releaseName("name", request.getName()),
                        CallCaller.current().name(),
                        RequestFields.text("reason", request.getReason()))));
    }

    @Override
    public void getDecision(GetDecisionRequest request, StreamObserver<Decision> observer) {
        answer(observer, () -> {
            var name = request.getName();
            if (ResourceName.ofDecision(name).isEmpty()) {
                throw RequestFields.invalid(
                        "name", "is " + RequestName.shown(name) + "; legal: " + RELEASE_FORM + "/decisions/{uuid}");
            }
            var release = name.substring(0, name.lastIndexOf("/decisions/"));
            var decision = readReleases.decision(name);
            var message = GateMapper.decision(release, decision);
            return request.getIncludeRecord()
                    ? withRecord(
                            release,
                            message.toBuilder()
                                    .setAnalysisJson(decision.analysis().orElse(""))
                                    .build())
                    : message;
        });
    }

    /** Of the analysis that the decision rests on, of which a release has two when it was watched after its promotion. */
    private Decision withRecord(String name, Decision message) {
        var release = readReleases.get(name);
        var analysis = message.getAnalysis().getName();
        return readRecord
                .of(release, analysis.isEmpty() ? release.analysis() : analysis)
                .map(record -> message.toBuilder()
                        .setAnalysisRecord(ByteString.copyFrom(record))
                        .build())
                .orElse(message);
    }

    @Override
    public void listDecisions(ListDecisionsRequest request, StreamObserver<ListDecisionsResponse> observer) {
        answer(observer, () -> list(request));
    }

    /** A text that has the form of a release's name. */
    private static String releaseName(String field, String text) {
        if (ResourceName.ofRelease(text).isEmpty()) {
            throw RequestFields.invalid(field, "is " + RequestName.shown(text) + "; legal: " + RELEASE_FORM);
        }
        return text;
    }

    private ListReleasesResponse list(ListReleasesRequest request) {
        var filter = filter(request);
        var tokens = PageTokens.under(filter.service(), filter.state(), filter.ids());
        var before = tokens.number(request.getPageToken());
        var page = readReleases.list(filter, before, RequestFields.pageSize(request.getPageSize()));
        var response = ListReleasesResponse.newBuilder().setNextPageToken(next(tokens, page.next()));
        page.items().forEach(release -> response.addReleases(GateMapper.release(release)));
        return response.build();
    }

    private static ReleaseFilter filter(ListReleasesRequest request) {
        var service = RequestFields.optionalName("service", request.getService());
        return new ReleaseFilter(service, state(request), ids(request.getIdPrefix()));
    }

    private static Optional<ReleaseState> state(ListReleasesRequest request) {
        return switch (request.getState()) {
            case STATE_UNSPECIFIED -> Optional.empty();
            case UNRECOGNIZED ->
                throw RequestFields.invalid("state", "is " + request.getStateValue() + ", which is no Release.State");
            default -> Optional.of(ReleaseState.valueOf(request.getState().name()));
        };
    }

    private static Optional<IdRange> ids(String prefix) {
        if (prefix.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(IdRange.of(prefix)
                .orElseThrow(() -> RequestFields.invalid(
                        "id_prefix",
                        "is " + RequestName.shown(prefix)
                                + "; legal: the first 8 to 36 characters of a UUID, in lower case")));
    }

    private ListDecisionsResponse list(ListDecisionsRequest request) {
        var tokens = PageTokens.under(request.getParent());
        var before = tokens.number(request.getPageToken());
        var size = RequestFields.pageSize(request.getPageSize());
        var release = readReleases.get(releaseName("parent", request.getParent()));
        var page = readReleases.decisions(release, before, size);
        var response = ListDecisionsResponse.newBuilder().setNextPageToken(next(tokens, page.next()));
        page.items().forEach(one -> response.addDecisions(GateMapper.decision(release.name(), one.decision())));
        return response.build();
    }

    private static String next(PageTokens tokens, OptionalLong number) {
        return number.isPresent() ? tokens.of(number.getAsLong()) : "";
    }

    /** A decision under way is finished though its caller has left: half of it would be told as a fault of the services asked. */
    private <T> void answer(StreamObserver<T> observer, Supplier<T> call) {
        Context.current().fork().run(() -> Answers.unary(observer, () -> errors.mapped(call)));
    }
}
