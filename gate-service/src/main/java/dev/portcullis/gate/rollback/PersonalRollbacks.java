package dev.portcullis.gate.rollback;

import dev.portcullis.kit.identity.Caller;
import java.util.Optional;

/**
 * Rollbacks as a person has them made and looks at them, in two clicks. rollback-service checks by itself what the person may do. Thread-safe. Every method throws
 * {@link RollbackUnavailableException} when it cannot be asked.
 */
public interface PersonalRollbacks {
    /**
     * The first click: what would be done, looked at and pinned; changes nothing. Takes as long as the targets take, half a minute at most.
     *
     * @param person on whose behalf
     * @throws RollbackRefusedException when there is nothing to do, or it cannot be done
     */
    PreparedRollback prepare(RollbackWish wish, Caller person);

    /**
     * The second click: starts what was prepared; asked again with the same token it answers the same.
     *
     * @return "rollbacks/{uuid}"
     * @throws RollbackRefusedException when the token has expired, or another rollback is under way
     */
    String start(String token, Caller person);

    /**
     * How a rollback goes on.
     *
     * @param name "rollbacks/{uuid}"
     * @return empty when there is none of that name any more
     * @throws RollbackRefusedException when the name is no legal one
     */
    Optional<RollbackProgress> read(String name);
}
