package dev.portcullis.rollback.target.argorollouts;

import dev.portcullis.rollback.target.RollbackTargetContract;
import dev.portcullis.rollback.target.TargetWorld;

/** A canary without a router, which a person has paused, is aborted and unpaused. */
public final class AbortPausedContractIT extends RollbackTargetContract {
    @Override
    protected TargetWorld open() {
        return RolloutWorld.progressing(RolloutWorld.CANARY).paused();
    }
}
