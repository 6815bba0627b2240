package dev.portcullis.rollback.lifecycle;

import java.util.Optional;

/**
 * Which rollbacks are meant.
 *
 * @param service only of this service; empty: all
 * @param state only in this state; empty: all
 * @param drills whether only drills are meant, or only rollbacks that were none; empty: all
 */
public record RollbackFilter(Optional<String> service, Optional<RollbackState> state, Optional<Boolean> drills) {}
