package dev.portcullis.rollback.targets.argorollouts;

import dev.portcullis.rollback.targets.RollbackTargetContract;
import dev.portcullis.rollback.targets.TargetWorld;

/** A promoted blue-green rollout is undone and promoted in full. */
public final class UndoBlueGreenContractIT extends RollbackTargetContract {
    @Override
    protected TargetWorld open() {
        return RolloutWorld.promoted(RolloutWorld.BLUE_GREEN);
    }
}
