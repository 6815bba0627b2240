package dev.portcullis.rollback.grpc;

import dev.portcullis.proto.rollback.v1.ListRollbacksRequest;
import dev.portcullis.proto.rollback.v1.Rollback;
import dev.portcullis.rollback.rollback.RollbackFilter;
import dev.portcullis.rollback.rollback.RollbackState;
import java.util.Optional;

/** Filter and size in a ListRollbacksRequest. */
final class ListFields {
    private static final int DEFAULT_SIZE = 50;
    private static final int LARGEST_SIZE = 200;

    private ListFields() {}

    static RollbackFilter filter(ListRollbacksRequest request) {
        var service = request.getService().isEmpty()
                ? Optional.<String>empty()
                : Optional.of(Fields.name("service", request.getService()));
        return new RollbackFilter(service, state(request), drills(request));
    }

    private static Optional<Boolean> drills(ListRollbacksRequest request) {
        return switch (request.getKind()) {
            case KIND_UNSPECIFIED -> Optional.empty();
            case ROLLBACKS -> Optional.of(false);
            case DRILLS -> Optional.of(true);
            case UNRECOGNIZED ->
                throw Fields.invalid("kind", "is " + request.getKindValue() + "; legal: ROLLBACKS, DRILLS");
        };
    }

    private static Optional<RollbackState> state(ListRollbacksRequest request) {
        return switch (request.getState()) {
            case STATE_UNSPECIFIED -> Optional.empty();
            case UNRECOGNIZED ->
                throw Fields.invalid("state", "is " + request.getStateValue() + ", which is no Rollback.State");
            default -> Optional.of(domain(request.getState()));
        };
    }

    /** The states have the same names on both sides. */
    private static RollbackState domain(Rollback.State state) {
        return RollbackState.valueOf(state.name());
    }

    static int pageSize(ListRollbacksRequest request) {
        var size = request.getPageSize();
        if (size < 0 || size > LARGEST_SIZE) {
            throw Fields.invalid("page_size", "is " + size + "; legal: 1 to " + LARGEST_SIZE + ", 0 = " + DEFAULT_SIZE);
        }
        return size == 0 ? DEFAULT_SIZE : size;
    }
}
