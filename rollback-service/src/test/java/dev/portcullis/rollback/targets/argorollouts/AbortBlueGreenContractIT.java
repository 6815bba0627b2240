package dev.portcullis.rollback.targets.argorollouts;

import dev.portcullis.rollback.targets.RollbackTargetContract;
import dev.portcullis.rollback.targets.TargetWorld;

/** A blue-green rollout is aborted before it switches. */
public final class AbortBlueGreenContractIT extends RollbackTargetContract {
    @Override
    protected TargetWorld open() {
        return RolloutWorld.progressing(RolloutWorld.BLUE_GREEN);
    }
}
