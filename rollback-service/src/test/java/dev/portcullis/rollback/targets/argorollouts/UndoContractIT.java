package dev.portcullis.rollback.targets.argorollouts;

import dev.portcullis.rollback.targets.RollbackTargetContract;
import dev.portcullis.rollback.targets.TargetWorld;

/** A promoted canary is undone and promoted in full. */
public final class UndoContractIT extends RollbackTargetContract {
    @Override
    protected TargetWorld open() {
        return RolloutWorld.promoted(RolloutWorld.CANARY);
    }
}
