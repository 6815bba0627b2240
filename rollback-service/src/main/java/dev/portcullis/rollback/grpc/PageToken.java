package dev.portcullis.rollback.grpc;

import dev.portcullis.rollback.rollback.ListPosition;
import dev.portcullis.rollback.rollback.RollbackFilter;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/** A place in a list as callers carry it, opaque to them; it is good for the filter it was given under. */
final class PageToken {
    private static final int BYTES = Long.BYTES * 3 + Integer.BYTES;

    private PageToken() {}

    static String write(ListPosition position, RollbackFilter filter) {
        var bytes = ByteBuffer.allocate(BYTES)
                .putInt(mark(filter))
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, position.createTime()))
                .putLong(position.id().getMostSignificantBits())
                .putLong(position.id().getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    static Optional<ListPosition> read(String token, RollbackFilter filter) {
        if (token.isEmpty()) {
            return Optional.empty();
        }
        try {
            var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(token));
            if (bytes.remaining() == BYTES && bytes.getInt() == mark(filter)) {
                var time = Instant.EPOCH.plus(bytes.getLong(), ChronoUnit.MICROS);
                return Optional.of(new ListPosition(time, new UUID(bytes.getLong(), bytes.getLong())));
            }
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            throw foreign(token);
        }
        throw foreign(token);
    }

    private static RuntimeException foreign(String token) {
        return Fields.invalid(
                "page_token",
                "was not given for these filters: " + Fields.shown(token) + "; begin again without a token");
    }

    /** Texts hash alike in every process. */
    private static int mark(RollbackFilter filter) {
        return (filter.service().orElse("") + "\n"
                        + filter.state().map(Enum::name).orElse("") + "\n"
                        + filter.drills().map(String::valueOf).orElse(""))
                .hashCode();
    }
}
