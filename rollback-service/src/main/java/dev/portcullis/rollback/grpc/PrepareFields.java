package dev.portcullis.rollback.grpc;

import dev.portcullis.kit.rpc.CallCaller;
import dev.portcullis.kit.rpc.RequestFields;
import dev.portcullis.kit.text.RequestName;
import dev.portcullis.proto.rollback.v1.PrepareRollbackRequest;
import dev.portcullis.proto.rollback.v1.Rollback;
import dev.portcullis.rollback.plan.Mode;
import dev.portcullis.rollback.plan.RollbackOrder;
import dev.portcullis.rollback.usecase.PrepareRollback;

/** What a PrepareRollbackRequest asks for. */
final class PrepareFields {
    private PrepareFields() {}

    static PrepareRollback.Request read(PrepareRollbackRequest request) {
        return new PrepareRollback.Request(
                order(request),
                mode(request),
                CallCaller.named("caller", request.getCaller()),
                request.getAllowRestored());
    }

    private static RollbackOrder order(PrepareRollbackRequest request) {
        var service = RequestFields.name("service", request.getService());
        var from = RequestFields.name("from_revision", request.getFromRevision());
        var to = RequestFields.name("to_revision", request.getToRevision());
        if (to.equals(from)) {
            throw RequestFields.invalid("to_revision", "is the revision to leave, " + RequestName.shown(to));
        }
        var reason = RequestFields.text("reason", request.getReason());
        return new RollbackOrder(service, release(request.getRelease(), service), from, to, reason);
    }

    private static String release(String release, String service) {
        var prefix = "services/" + service + "/releases/";
        if (!release.isEmpty() && !release.startsWith(prefix)) {
            throw RequestFields.invalid(
                    "release", "is " + RequestName.shown(release) + "; legal: " + prefix + "{uuid}");
        }
        if (!release.isEmpty()) {
            RequestFields.uuid("release", release.substring(prefix.length()));
        }
        return release;
    }

    private static Mode mode(PrepareRollbackRequest request) {
        return switch (request.getMode()) {
            case MODE_UNSPECIFIED, LIVE -> Mode.LIVE;
            case DRY_RUN -> Mode.DRY_RUN;
            case STAGING -> Mode.STAGING;
            case UNRECOGNIZED ->
                throw RequestFields.invalid("mode", "is " + request.getModeValue() + ", which is no Rollback.Mode");
        };
    }

    static Rollback.Mode toProto(Mode mode) {
        return Rollback.Mode.valueOf(mode.name());
    }
}
