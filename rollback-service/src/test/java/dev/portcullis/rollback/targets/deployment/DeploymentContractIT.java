package dev.portcullis.rollback.targets.deployment;

import dev.portcullis.rollback.targets.RollbackTargetContract;
import dev.portcullis.rollback.targets.TargetWorld;

public final class DeploymentContractIT extends RollbackTargetContract {
    @Override
    protected TargetWorld open() {
        return new DeploymentWorld();
    }
}
