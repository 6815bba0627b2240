package dev.portcullis.rollback.grpc;

import dev.portcullis.kit.rpc.ProtoTimes;
import dev.portcullis.kit.text.PlainText;
import dev.portcullis.proto.rollback.v1.Rollback;
import dev.portcullis.proto.rollback.v1.RollbackEvent;
import dev.portcullis.proto.rollback.v1.RollbackStep;
import dev.portcullis.rollback.lifecycle.Cancellation;
import dev.portcullis.rollback.plan.Step;
import dev.portcullis.rollback.plan.StepKind;

/** Rollbacks of the domain as messages of the wire. */
final class RollbackMapper {
    private RollbackMapper() {}

    static Rollback toProto(dev.portcullis.rollback.lifecycle.Rollback rollback) {
        var order = rollback.order();
        var status = rollback.status();
        var proto = Rollback.newBuilder()
                .setName(rollback.name())
                .setRequestId(rollback.origin().requestId())
                .setService(order.service())
                .setRelease(order.release())
                .setFromRevision(order.from())
                .setToRevision(order.to())
                .setReason(order.reason())
                .setState(Rollback.State.valueOf(status.state().name()))
                .setTarget(rollback.plan().targets())
                .setDetail(PlainText.of(status.detail()))
                .setCreateTime(ProtoTimes.timestamp(status.createTime()))
                .setUpdateTime(ProtoTimes.timestamp(status.updateTime()))
                .setToken(rollback.origin().token().toString())
                .setCaller(rollback.origin().caller())
                .setMode(PrepareFields.toProto(rollback.origin().mode()))
                .setTrafficBackWithin(
                        ProtoTimes.duration(rollback.plan().limits().trafficBackWithin()))
                .setCancelReason(
                        rollback.cancellation().map(Cancellation::reason).orElse(""));
        rollback.steps().forEach(step -> proto.addSteps(toProto(rollback, step)));
        status.trafficBackTime().ifPresent(time -> proto.setTrafficBackTime(ProtoTimes.timestamp(time)));
        status.endTime().ifPresent(time -> proto.setEndTime(ProtoTimes.timestamp(time)));
        return proto.build();
    }

    static RollbackEvent toProto(dev.portcullis.rollback.lifecycle.RollbackEvent event) {
        return RollbackEvent.newBuilder()
                .setTime(ProtoTimes.timestamp(event.time()))
                .setBy(event.by())
                .setState(Rollback.State.valueOf(event.state().name()))
                .setStep(event.step())
                .setDetail(PlainText.of(event.detail()))
                .setSeenBefore(PlainText.of(event.seenBefore()))
                .setSeenAfter(PlainText.of(event.seenAfter()))
                .build();
    }

    private static RollbackStep toProto(dev.portcullis.rollback.lifecycle.Rollback rollback, Step step) {
        var proto = RollbackStep.newBuilder()
                .setKind(step.kind().word())
                .setTarget(
                        step.kind() == StepKind.VERIFY
                                ? ""
                                : rollback.plan()
                                        .stages()
                                        .get(step.stage())
                                        .target()
                                        .kind())
                .setEffect(RollbackStep.Effect.valueOf(step.effect().name()))
                .setState(RollbackStep.State.valueOf(step.state().name()))
                .setAttempts(step.attempts())
                .setSeenBefore(PlainText.of(step.seenBefore()))
                .setSeenAfter(PlainText.of(step.seenAfter()));
        step.startTime().ifPresent(time -> proto.setStartTime(ProtoTimes.timestamp(time)));
        step.endTime().ifPresent(time -> proto.setEndTime(ProtoTimes.timestamp(time)));
        return proto.build();
    }
}
