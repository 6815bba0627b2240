package dev.portcullis.rollback.grpc;

import com.google.protobuf.Timestamp;
import dev.portcullis.proto.rollback.v1.Rollback;
import dev.portcullis.proto.rollback.v1.RollbackStep;
import dev.portcullis.rollback.plan.Step;
import java.time.Instant;

/** Rollbacks of the domain as messages of the wire. */
final class RollbackMapper {
    private RollbackMapper() {}

    static Rollback toProto(dev.portcullis.rollback.rollback.Rollback rollback) {
        var order = rollback.order();
        var life = rollback.life();
        var proto = Rollback.newBuilder()
                .setName(rollback.name())
                .setRequestId(rollback.requestId().toString())
                .setService(order.service())
                .setRelease(order.release())
                .setFromRevision(order.from())
                .setToRevision(order.to())
                .setReason(order.reason())
                .setState(Rollback.State.valueOf(life.state().name()))
                .setTarget(rollback.plan().target().kind())
                .setDetail(life.detail())
                .setCreateTime(timestamp(life.createTime()))
                .setUpdateTime(timestamp(life.updateTime()));
        rollback.steps().forEach(step -> proto.addSteps(toProto(step)));
        life.endTime().ifPresent(time -> proto.setEndTime(timestamp(time)));
        return proto.build();
    }

    private static RollbackStep toProto(Step step) {
        var proto = RollbackStep.newBuilder()
                .setKind(step.kind().word())
                .setState(RollbackStep.State.valueOf(step.state().name()))
                .setAttempts(step.attempts())
                .setSeenBefore(step.seenBefore())
                .setSeenAfter(step.seenAfter());
        step.startTime().ifPresent(time -> proto.setStartTime(timestamp(time)));
        step.endTime().ifPresent(time -> proto.setEndTime(timestamp(time)));
        return proto.build();
    }

    private static Timestamp timestamp(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }
}
