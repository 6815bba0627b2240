package dev.portcullis.rollback.target.argorollouts;

import dev.portcullis.rollback.target.RollbackTargetContract;
import dev.portcullis.rollback.target.TargetWorld;

/** A promoted canary behind a router is undone and promoted in full. */
public final class UndoRoutedContractIT extends RollbackTargetContract {
    @Override
    protected TargetWorld open() {
        return RolloutWorld.promoted(RolloutWorld.ROUTED);
    }
}
