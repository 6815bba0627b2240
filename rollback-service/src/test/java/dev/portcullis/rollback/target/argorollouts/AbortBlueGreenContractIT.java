package dev.portcullis.rollback.target.argorollouts;

import dev.portcullis.rollback.target.RollbackTargetContract;
import dev.portcullis.rollback.target.TargetWorld;

/** A blue-green rollout is aborted before it switches. */
public final class AbortBlueGreenContractIT extends RollbackTargetContract {
    @Override
    protected TargetWorld open() {
        return RolloutWorld.progressing(RolloutWorld.BLUE_GREEN);
    }
}
