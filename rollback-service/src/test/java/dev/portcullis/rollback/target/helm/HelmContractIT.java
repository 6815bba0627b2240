package dev.portcullis.rollback.target.helm;

import dev.portcullis.rollback.target.RollbackTargetContract;
import dev.portcullis.rollback.target.TargetWorld;

public final class HelmContractIT extends RollbackTargetContract {
    @Override
    protected TargetWorld open() {
        return new HelmWorld();
    }
}
