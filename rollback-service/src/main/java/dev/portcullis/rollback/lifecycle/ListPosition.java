package dev.portcullis.rollback.lifecycle;

import java.time.Instant;
import java.util.UUID;

/** A place in the list of rollbacks, newest first: that of the last one seen. It stays right while new ones are added. */
public record ListPosition(Instant createTime, UUID id) {
    public static ListPosition of(Rollback rollback) {
        return new ListPosition(rollback.status().createTime(), rollback.id());
    }
}
