package dev.portcullis.rollback.targets.argorollouts;

import dev.portcullis.rollback.targets.RollbackTargetContract;
import dev.portcullis.rollback.targets.TargetWorld;

/** A promoted canary behind a router is undone and promoted in full. */
public final class UndoRoutedContractIT extends RollbackTargetContract {
    @Override
    protected TargetWorld open() {
        return RolloutWorld.promoted(RolloutWorld.ROUTED);
    }
}
