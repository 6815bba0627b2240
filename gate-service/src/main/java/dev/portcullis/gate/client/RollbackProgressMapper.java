package dev.portcullis.gate.client;

import com.google.protobuf.Timestamp;
import dev.portcullis.gate.rollback.PreparedRollback;
import dev.portcullis.gate.rollback.RollbackProgress;
import dev.portcullis.gate.rollback.RollbackStatus;
import dev.portcullis.kit.rpc.ProtoTimes;
import dev.portcullis.kit.text.PlainText;
import dev.portcullis.proto.rollback.v1.Rollback;
import dev.portcullis.proto.rollback.v1.RollbackEvent;
import dev.portcullis.proto.rollback.v1.RollbackPreparation;
import dev.portcullis.proto.rollback.v1.RollbackStep;
import dev.portcullis.proto.rollback.v1.StageOutlook;
import java.time.Instant;
import java.util.Optional;

/** Rollbacks of the wire as people look at them. */
final class RollbackProgressMapper {
    private RollbackProgressMapper() {}

    static PreparedRollback prepared(RollbackPreparation preparation) {
        return new PreparedRollback(
                preparation.getToken(),
                preparation.getService(),
                preparation.getFromRevision(),
                preparation.getToRevision(),
                preparation.getReason(),
                preparation.getStagesList().stream()
                        .map(RollbackProgressMapper::stage)
                        .toList(),
                ProtoTimes.instant(preparation.getCreateTime()),
                ProtoTimes.instant(preparation.getExpireTime()));
    }

    private static PreparedRollback.PreparedStage stage(StageOutlook stage) {
        return new PreparedRollback.PreparedStage(
                stage.getTarget(),
                PlainText.of(stage.getIdentity()),
                PlainText.of(stage.getCurrent()),
                PlainText.of(stage.getGoal()),
                stage.getRestored(),
                PlainText.of(stage.getCommand()),
                stage.getPreconditionsList().stream()
                        .map(one -> new PreparedRollback.Precondition(
                                one.getId(), one.getMet(), PlainText.of(one.getText())))
                        .toList());
    }

    static RollbackProgress progress(Rollback rollback) {
        return new RollbackProgress(
                rollback.getName(),
                rollback.getService(),
                rollback.getRelease(),
                rollback.getFromRevision(),
                rollback.getToRevision(),
                PlainText.of(rollback.getReason()),
                rollback.getCaller(),
                rollback.getMode().name(),
                new RollbackStatus(rollback.getState().name(), PlainText.of(rollback.getDetail())),
                rollback.getStepsList().stream()
                        .map(RollbackProgressMapper::step)
                        .toList(),
                rollback.getEventsList().stream()
                        .map(RollbackProgressMapper::event)
                        .toList(),
                ProtoTimes.instant(rollback.getCreateTime()),
                time(rollback.hasEndTime(), rollback.getEndTime()),
                time(rollback.hasTrafficBackTime(), rollback.getTrafficBackTime()),
                rollback.hasTrafficBackWithin()
                        ? Optional.of(ProtoTimes.duration(rollback.getTrafficBackWithin()))
                        : Optional.empty());
    }

    private static RollbackProgress.Step step(RollbackStep step) {
        return new RollbackProgress.Step(
                step.getKind(),
                step.getTarget(),
                step.getState().name(),
                step.getAttempts(),
                PlainText.of(step.getSeenBefore()),
                PlainText.of(step.getSeenAfter()),
                time(step.hasStartTime(), step.getStartTime()),
                time(step.hasEndTime(), step.getEndTime()));
    }

    private static RollbackProgress.Event event(RollbackEvent event) {
        return new RollbackProgress.Event(
                ProtoTimes.instant(event.getTime()),
                PlainText.of(event.getBy()),
                event.getStep(),
                PlainText.of(event.getDetail()));
    }

    private static Optional<Instant> time(boolean there, Timestamp time) {
        return there ? Optional.of(ProtoTimes.instant(time)) : Optional.empty();
    }
}
