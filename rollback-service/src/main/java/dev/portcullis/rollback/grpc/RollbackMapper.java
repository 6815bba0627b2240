package dev.portcullis.rollback.grpc;

import dev.portcullis.kit.rpc.ProtoTimes;
import dev.portcullis.kit.text.PlainText;
import dev.portcullis.proto.rollback.v1.Rollback;
import dev.portcullis.proto.rollback.v1.RollbackEvent;
import dev.portcullis.proto.rollback.v1.RollbackStep;
import dev.portcullis.rollback.plan.Step;
import dev.portcullis.rollback.plan.StepKind;
import dev.portcullis.rollback.rollback.Cancellation;
import dev.portcullis.rollback.rollback.Event;

/** Rollbacks of the domain as messages of the wire. */
final class RollbackMapper {
    private RollbackMapper() {}

    static Rollback toProto(dev.portcullis.rollback.rollback.Rollback rollback) {
        var order = rollback.order();
        var life = rollback.life();
        var proto = Rollback.newBuilder()
                .setName(rollback.name())
                .setRequestId(rollback.commission().requestId())
                .setService(order.service())
                .setRelease(order.release())
                .setFromRevision(order.from())
                .setToRevision(order.to())
                .setReason(order.reason())
                .setState(Rollback.State.valueOf(life.state().name()))
                .setTarget(rollback.plan().targets())
                .setDetail(PlainText.of(life.detail()))
                .setCreateTime(ProtoTimes.timestamp(life.createTime()))
                .setUpdateTime(ProtoTimes.timestamp(life.updateTime()))
                .setToken(rollback.commission().token().toString())
                .setCaller(rollback.commission().caller())
                .setMode(PrepareFields.toProto(rollback.commission().mode()))
                .setTrafficBackWithin(
                        ProtoTimes.duration(rollback.plan().limits().trafficBackWithin()))
                .setCancelReason(
                        rollback.cancellation().map(Cancellation::reason).orElse(""));
        rollback.steps().forEach(step -> proto.addSteps(toProto(rollback, step)));
        life.trafficBackTime().ifPresent(time -> proto.setTrafficBackTime(ProtoTimes.timestamp(time)));
        life.endTime().ifPresent(time -> proto.setEndTime(ProtoTimes.timestamp(time)));
        return proto.build();
    }

    static RollbackEvent toProto(Event event) {
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

    private static RollbackStep toProto(dev.portcullis.rollback.rollback.Rollback rollback, Step step) {
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
