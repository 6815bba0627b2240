package dev.portcullis.rollback.grpc;

import dev.portcullis.proto.rollback.v1.StartRollbackRequest;
import dev.portcullis.rollback.plan.ReturnOrder;

/** The order in a StartRollbackRequest. */
final class StartFields {
    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_REASON = 1000;

    private StartFields() {}

    static ReturnOrder order(StartRollbackRequest request) {
        var service = Fields.line("service", request.getService(), LONGEST_NAME);
        var from = Fields.line("from_revision", request.getFromRevision(), LONGEST_NAME);
        var to = Fields.line("to_revision", request.getToRevision(), LONGEST_NAME);
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
}
