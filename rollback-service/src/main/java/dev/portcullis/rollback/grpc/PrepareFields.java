package dev.portcullis.rollback.grpc;

import dev.portcullis.proto.rollback.v1.PrepareRollbackRequest;
import dev.portcullis.proto.rollback.v1.Rollback;
import dev.portcullis.rollback.plan.Mode;
import dev.portcullis.rollback.plan.ReturnOrder;
import dev.portcullis.rollback.usecase.PrepareRollback;

/** What a PrepareRollbackRequest asks for. */
final class PrepareFields {
    static final int LONGEST_REASON = 1000;

    private PrepareFields() {}

    static PrepareRollback.Request read(PrepareRollbackRequest request) {
        return new PrepareRollback.Request(
                order(request), mode(request), Fields.name("caller", request.getCaller()), request.getAllowRestored());
    }

    private static ReturnOrder order(PrepareRollbackRequest request) {
        var service = Fields.name("service", request.getService());
        var from = Fields.name("from_revision", request.getFromRevision());
        var to = Fields.name("to_revision", request.getToRevision());
        if (to.equals(from)) {
            throw Fields.invalid("to_revision", "is the revision to leave, " + Fields.shown(to));
        }
        var reason = Fields.text("reason", request.getReason(), LONGEST_REASON);
        return new ReturnOrder(service, release(request.getRelease(), service), from, to, reason);
    }

    private static String release(String release, String service) {
        var prefix = "services/" + service + "/releases/";
        if (!release.isEmpty() && !release.startsWith(prefix)) {
            throw Fields.invalid("release", "is " + Fields.shown(release) + "; legal: " + prefix + "{uuid}");
        }
        if (!release.isEmpty()) {
            Fields.uuid("release", release.substring(prefix.length()));
        }
        return release;
    }

    private static Mode mode(PrepareRollbackRequest request) {
        return switch (request.getMode()) {
            case MODE_UNSPECIFIED, LIVE -> Mode.LIVE;
            case DRY_RUN -> Mode.DRY_RUN;
            case STAGING -> Mode.STAGING;
            case UNRECOGNIZED ->
                throw Fields.invalid("mode", "is " + request.getModeValue() + ", which is no Rollback.Mode");
        };
    }

    static Rollback.Mode toProto(Mode mode) {
        return Rollback.Mode.valueOf(mode.name());
    }
}
