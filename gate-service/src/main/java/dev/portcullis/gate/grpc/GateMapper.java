package dev.portcullis.gate.grpc;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.portcullis.gate.evidence.AnalysisDetail;
import dev.portcullis.gate.release.GateRequest;
import dev.portcullis.gate.release.InvalidFieldException;
import dev.portcullis.gate.release.ReleaseDetails;
import dev.portcullis.gate.release.ReleaseKey;
import dev.portcullis.gate.release.Retry;
import dev.portcullis.gate.release.Stage;
import dev.portcullis.gate.rollback.RollbackStatus;
import dev.portcullis.gate.rule.AddedRules;
import dev.portcullis.gate.usecase.Evaluation;
import dev.portcullis.kit.rpc.ProtoTimes;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.MeasuringState;
import dev.portcullis.proto.analysis.v1.Verdict;
import dev.portcullis.proto.gate.v1.AddedRule;
import dev.portcullis.proto.gate.v1.Approval;
import dev.portcullis.proto.gate.v1.Decision;
import dev.portcullis.proto.gate.v1.DecisionReason;
import dev.portcullis.proto.gate.v1.Drill;
import dev.portcullis.proto.gate.v1.EvaluateGateRequest;
import dev.portcullis.proto.gate.v1.EvaluateGateResponse;
import dev.portcullis.proto.gate.v1.Outcome;
import dev.portcullis.proto.gate.v1.PolicyVersion;
import dev.portcullis.proto.gate.v1.Release;
import dev.portcullis.proto.gate.v1.RuleOutcome;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The gate's domain as messages of {@code portcullis.gate.v1}, and back. The enums of both sides have the same names. */
final class GateMapper {
    private GateMapper() {}

    /** @param addedRules reads those that the question adds */
    static GateRequest request(EvaluateGateRequest request, AddedRules addedRules) {
        var key = new ReleaseKey(
                request.getService(),
                request.getNamespace(),
                request.getRollout(),
                request.getCanary(),
                request.getRevision());
        var details = new ReleaseDetails(
                request.getArtifact(),
                request.getTicket(),
                request.getAuthor(),
                labels(request.getLabelsMap()),
                addedRules.read(request.getRules()));
        if (request.getStage().isEmpty()) {
            return new GateRequest(
                            key,
                            request.getStable(),
                            request.getStep(),
                            Stage.CANARY,
                            request.getDryRun(),
                            Optional.empty())
                    .with(details);
        }
        if (!request.getStep().isEmpty()) {
            throw new InvalidFieldException("step", "is given beside stage, which is recorded as the step; give one");
        }
        return new GateRequest(
                        key,
                        request.getStable(),
                        request.getStage(),
                        Stage.of(request.getStage()),
                        request.getDryRun(),
                        Optional.empty())
                .with(details);
    }

    /** Such as can stand in one text too. */
    private static SortedMap<String, String> labels(Map<String, String> labels) {
        labels.forEach((name, value) -> {
            if (name.contains("=") || name.contains(",") || value.contains(",")) {
                throw new InvalidFieldException(
                        "labels", "has a name with '=' or ',', or a value with ','; write it without");
            }
        });
        return new TreeMap<>(labels);
    }

    static EvaluateGateResponse response(Evaluation evaluation) {
        var response = EvaluateGateResponse.newBuilder();
        evaluation
                .release()
                .map(release -> release(release, Optional.empty(), evaluation.rollback()))
                .ifPresent(response::setRelease);
        evaluation.dryRun().ifPresent(decided -> response.setDryRunDecision(Outcome.valueOf(decided.name())));
        return response.setSettled(evaluation.settled())
                .setDecision(decision(
                        evaluation.release().map(release -> release.name()).orElse(""), evaluation.decision()))
                .build();
    }

    static Release release(dev.portcullis.gate.release.Release release) {
        var message = Release.newBuilder()
                .setName(release.name())
                .setService(release.key().service())
                .setNamespace(release.key().namespace())
                .setRollout(release.key().rollout())
                .setCanary(release.key().canary())
                .setStable(release.start().stable())
                .setRevision(release.key().revision())
                .setState(Release.State.valueOf(release.state().name()))
                .setRun(release.start().run())
                .setDryRun(release.start().dryRun())
                .setArtifact(release.start().details().artifact())
                .setTicket(release.start().details().ticket())
                .setAuthor(release.start().details().author())
                .putAllLabels(release.start().details().labels())
                .setAnalysis(release.analysis())
                .setRollback(release.rollback().rollback())
                .setRollbackDetail(release.rollback().detail())
                .setCreateTime(ProtoTimes.timestamp(release.start().time()));
        release.current().map(decision -> decision(release.name(), decision)).ifPresent(message::setLatestDecision);
        release.served().map(ProtoTimes::timestamp).ifPresent(message::setFirstRequestTime);
        release.ended().map(ProtoTimes::timestamp).ifPresent(message::setEndTime);
        release.watchedUntil().map(ProtoTimes::timestamp).ifPresent(message::setWatchEndTime);
        release.start().details().rules().forEach(added -> message.addAddedRules(addedRule(added)));
        release.approvals().forEach(approval -> message.addApprovals(approval(release.name(), approval)));
        release.start().retry().map(Retry::reason).ifPresent(message::setRetryReason);
        return message.setOpener(release.start().opener()).build();
    }

    private static AddedRule addedRule(dev.portcullis.gate.release.AddedRule added) {
        return AddedRule.newBuilder()
                .setName(added.name())
                .setText(added.text())
                .build();
    }

    private static Approval approval(String release, dev.portcullis.gate.release.Approval approval) {
        var message = Approval.newBuilder()
                .setApprover(approval.name())
                .setReason(approval.reason())
                .setCreateTime(ProtoTimes.timestamp(approval.time()))
                .setInAdvance(approval.inAdvance())
                .addAllGroups(approval.groups());
        approval.withdrawal().ifPresent(withdrawal -> message.setWithdrawTime(ProtoTimes.timestamp(withdrawal.time()))
                .setWithdrawReason(withdrawal.reason()));
        approval.decision().ifPresent(id -> message.setDecision(release + "/decisions/" + id));
        return message.build();
    }

    /** The release with its service's last rehearsal and how its rollback stands, if there are any. */
    static Release release(
            dev.portcullis.gate.release.Release release,
            Optional<dev.portcullis.gate.rollback.Drill> drill,
            Optional<RollbackStatus> rollback) {
        var message = release(release).toBuilder().setRollbackDetail(release.rollbackDetail(rollback));
        drill.map(GateMapper::drill).ifPresent(message::setLastDrill);
        rollback.map(RollbackStatus::state).ifPresent(message::setRollbackState);
        return message.build();
    }

    /** The release with what analysis-service says of it. */
    static Release withAnalysis(Release release, AnalysisDetail detail) {
        return release.toBuilder()
                .setCurrentAnalysis(analysis(detail.report().json().get()))
                .build();
    }

    private static Drill drill(dev.portcullis.gate.rollback.Drill drill) {
        var message = Drill.newBuilder()
                .setRollback(drill.rollback())
                .setMode(drill.mode())
                .setState(drill.state())
                .setCreateTime(ProtoTimes.timestamp(drill.started()))
                .setDetail(drill.detail());
        drill.took().map(ProtoTimes::duration).ifPresent(message::setDuration);
        drill.trafficBackAfter().map(ProtoTimes::duration).ifPresent(message::setTrafficBackAfter);
        return message.build();
    }

    /** @param release its name, of a decision that is on record */
    static Decision decision(String release, dev.portcullis.gate.decision.Decision decision) {
        var message = Decision.newBuilder()
                .setOutcome(Outcome.valueOf(decision.outcome().name()))
                .setExplanation(decision.explanation());
        decision.reasons().forEach(reason -> message.addReasons(DecisionReason.valueOf(reason.name())));
        decision.rules().forEach(said -> message.addRules(rule(said)));
        decision.verdict().ifPresent(verdict -> message.setVerdict(Verdict.valueOf(verdict.name())));
        decision.measuring().ifPresent(measuring -> message.setMeasuring(MeasuringState.valueOf(measuring.name())));
        decision.policy().map(GateMapper::policy).ifPresent(message::setPolicy);
        decision.analysis().map(GateMapper::analysis).ifPresent(message::setAnalysis);
        decision.origin().ifPresent(origin -> message.setName(release + "/decisions/" + origin.id())
                .setActor(origin.actor())
                .setComment(origin.comment())
                .setTraceId(origin.traceId())
                .setCreateTime(ProtoTimes.timestamp(origin.time())));
        return message.build();
    }

    private static RuleOutcome rule(dev.portcullis.gate.decision.RuleOutcome said) {
        return RuleOutcome.newBuilder()
                .setRule(said.rule())
                .setEffect(RuleOutcome.Effect.valueOf(said.effect().name()))
                .setDetail(said.detail())
                .build();
    }

    private static PolicyVersion policy(dev.portcullis.gate.decision.PolicyVersion policy) {
        return PolicyVersion.newBuilder()
                .setName(policy.name())
                .setUndecided(policy.undecided())
                .putAllOnFail(policy.onFail())
                .setHash(policy.hash())
                .setText(policy.text())
                .build();
    }

    private static Analysis analysis(String json) {
        var analysis = Analysis.newBuilder();
        try {
            // A record outlives versions: what a newer one wrote must not keep an older one from reading the rest.
            JsonFormat.parser().ignoringUnknownFields().merge(json, analysis);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a kept analysis cannot be read: " + e.getMessage(), e);
        }
        return analysis.build();
    }
}
