package dev.portcullis.rollback.target.deployment;

import dev.portcullis.rollback.target.RollbackTargetContract;
import dev.portcullis.rollback.target.TargetWorld;

public final class DeploymentContractIT extends RollbackTargetContract {
    @Override
    protected TargetWorld open() {
        return new DeploymentWorld();
    }
}
