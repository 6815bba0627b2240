package dev.portcullis.rollback.rollback;

import java.util.Optional;

/**
 * Which rollbacks are meant.
 *
 * @param service only of this service; empty: all
 * @param state only in this state; empty: all
 */
public record RollbackFilter(Optional<String> service, Optional<RollbackState> state) {}
