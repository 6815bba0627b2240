package dev.portcullis.rollback.grpc;

import dev.portcullis.kit.rpc.RequestFields;
import dev.portcullis.proto.rollback.v1.ListRollbacksRequest;
import dev.portcullis.proto.rollback.v1.Rollback;
import dev.portcullis.rollback.lifecycle.RollbackFilter;
import dev.portcullis.rollback.lifecycle.RollbackState;
import java.util.Optional;

/** The filter in a ListRollbacksRequest. */
final class ListFields {
    private ListFields() {}

    static RollbackFilter filter(ListRollbacksRequest request) {
        return new RollbackFilter(
                RequestFields.optionalName("service", request.getService()), state(request), drills(request));
    }

    private static Optional<Boolean> drills(ListRollbacksRequest request) {
        return switch (request.getKind()) {
            case KIND_UNSPECIFIED -> Optional.empty();
            case ROLLBACKS -> Optional.of(false);
            case DRILLS -> Optional.of(true);
            case UNRECOGNIZED ->
                throw RequestFields.invalid("kind", "is " + request.getKindValue() + "; legal: ROLLBACKS, DRILLS");
        };
    }

    private static Optional<RollbackState> state(ListRollbacksRequest request) {
        return switch (request.getState()) {
            case STATE_UNSPECIFIED -> Optional.empty();
            case UNRECOGNIZED ->
                throw RequestFields.invalid("state", "is " + request.getStateValue() + ", which is no Rollback.State");
            default -> Optional.of(domain(request.getState()));
        };
    }

    /** The states have the same names on both sides. */
    private static RollbackState domain(Rollback.State state) {
        return RollbackState.valueOf(state.name());
    }
}
