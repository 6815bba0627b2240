package dev.portcullis.gate.usecase;

import dev.portcullis.gate.release.InvalidFieldException;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.rollback.PersonalRollbacks;
import dev.portcullis.gate.rollback.PreparedRollback;
import dev.portcullis.gate.rollback.RollbackProgress;
import dev.portcullis.gate.rollback.RollbackWish;
import dev.portcullis.kit.identity.Caller;
import java.util.Optional;

/** Gives the traffic of a release back to the stable version, as a person wants it: first what would be done is shown, then it is started. Thread-safe. */
public final class RollBackByHand {
    private final PersonalRollbacks rollbacks;

    public RollBackByHand(PersonalRollbacks rollbacks) {
        this.rollbacks = rollbacks;
    }

    /**
     * What would be done; changes nothing. Throws as {@link PersonalRollbacks#prepare}.
     *
     * @param reason why, 1 to 1000 characters as the contract's texts are
     * @throws InvalidFieldException when the release has no stable version to return to
     */
    public PreparedRollback prepare(Release release, String reason, Caller person) {
        var stable = release.start().stable();
        if (stable.isEmpty()) {
            throw new InvalidFieldException("stable", "is not known of this release, so there is nothing to return to");
        }
        return rollbacks.prepare(
                new RollbackWish(
                        release.key().service(), release.name(), release.key().canary(), stable, reason),
                person);
    }

    /** Starts what was prepared, and answers its name. Throws as {@link PersonalRollbacks#start}. */
    public String start(String token, Caller person) {
        return rollbacks.start(token, person);
    }

    /** How a rollback goes on; empty when there is none of that name any more. Throws as {@link PersonalRollbacks#read}. */
    public Optional<RollbackProgress> read(String name) {
        return rollbacks.read(name);
    }
}
