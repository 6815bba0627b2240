package dev.portcullis.rollback.grpc;

import dev.portcullis.kit.rpc.ProtoTimes;
import dev.portcullis.kit.text.PlainText;
import dev.portcullis.proto.rollback.v1.Precondition;
import dev.portcullis.proto.rollback.v1.RollbackPreparation;
import dev.portcullis.proto.rollback.v1.StageOutlook;
import dev.portcullis.rollback.lifecycle.Preparation;

/** Preparations of the domain as messages of the wire. */
final class PreparationMapper {
    private PreparationMapper() {}

    static RollbackPreparation toProto(Preparation preparation) {
        var order = preparation.order();
        return RollbackPreparation.newBuilder()
                .setToken(preparation.token().toString())
                .setService(order.service())
                .setRelease(order.release())
                .setFromRevision(order.from())
                .setToRevision(order.to())
                .setReason(order.reason())
                .setCaller(preparation.caller())
                .setMode(PrepareFields.toProto(preparation.mode()))
                .addAllStages(preparation.outlooks().stream()
                        .map(PreparationMapper::stage)
                        .toList())
                .setCreateTime(ProtoTimes.timestamp(preparation.createTime()))
                .setExpireTime(ProtoTimes.timestamp(preparation.expireTime()))
                .build();
    }

    private static StageOutlook stage(dev.portcullis.rollback.lifecycle.StageOutlook outlook) {
        return StageOutlook.newBuilder()
                .setTarget(outlook.target().kind())
                .setIdentity(PlainText.of(outlook.target().identity()))
                .setCurrent(PlainText.of(outlook.now().text()))
                .setGoal(PlainText.of(outlook.goal()))
                .setRestored(outlook.restored())
                .setCommand(PlainText.of(outlook.command()))
                .addAllPreconditions(outlook.preconditions().stream()
                        .map(PreparationMapper::precondition)
                        .toList())
                .build();
    }

    private static Precondition precondition(dev.portcullis.rollback.plan.Precondition precondition) {
        return Precondition.newBuilder()
                .setId(precondition.id())
                .setMet(precondition.met())
                .setText(PlainText.of(precondition.text()))
                .build();
    }
}
