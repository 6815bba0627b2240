package dev.portcullis.rollback.targets.deployment;

import dev.portcullis.rollback.targets.RollbackTargetContract;
import dev.portcullis.rollback.targets.TargetWorld;

/** Somebody has paused the Deployment while two of its three pods were of the bad revision. */
public final class PausedDeploymentContractIT extends RollbackTargetContract {
    @Override
    protected TargetWorld open() {
        var world = new DeploymentWorld();
        world.replicaSets.scale("5f6b7", 1);
        world.replicaSets.scale("7d9c8", 2);
        world.change(object -> object.withObject("/spec").put("paused", true));
        world.work();
        return world;
    }
}
