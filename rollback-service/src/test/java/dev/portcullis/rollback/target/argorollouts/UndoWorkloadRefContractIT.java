package dev.portcullis.rollback.target.argorollouts;

import dev.portcullis.rollback.target.RollbackTargetContract;
import dev.portcullis.rollback.target.TargetWorld;

/** A promoted canary whose pod template is in a Deployment is undone there and promoted in full. */
public final class UndoWorkloadRefContractIT extends RollbackTargetContract {
    @Override
    protected TargetWorld open() {
        return RolloutWorld.promotedWithDeployment(RolloutWorld.CANARY);
    }
}
