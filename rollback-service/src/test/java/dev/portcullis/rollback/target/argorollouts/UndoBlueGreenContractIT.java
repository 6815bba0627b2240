package dev.portcullis.rollback.target.argorollouts;

import dev.portcullis.rollback.target.RollbackTargetContract;
import dev.portcullis.rollback.target.TargetWorld;

/** A promoted blue-green rollout is undone and promoted in full. */
public final class UndoBlueGreenContractIT extends RollbackTargetContract {
    @Override
    protected TargetWorld open() {
        return RolloutWorld.promoted(RolloutWorld.BLUE_GREEN);
    }
}
