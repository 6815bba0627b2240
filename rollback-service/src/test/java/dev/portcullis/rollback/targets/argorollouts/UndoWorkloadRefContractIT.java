package dev.portcullis.rollback.targets.argorollouts;

import dev.portcullis.rollback.targets.RollbackTargetContract;
import dev.portcullis.rollback.targets.TargetWorld;

/** A promoted canary whose pod template is in a Deployment is undone there and promoted in full. */
public final class UndoWorkloadRefContractIT extends RollbackTargetContract {
    @Override
    protected TargetWorld open() {
        return RolloutWorld.promotedWithDeployment(RolloutWorld.CANARY);
    }
}
