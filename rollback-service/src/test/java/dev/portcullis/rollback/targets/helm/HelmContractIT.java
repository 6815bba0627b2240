package dev.portcullis.rollback.targets.helm;

import dev.portcullis.rollback.targets.RollbackTargetContract;
import dev.portcullis.rollback.targets.TargetWorld;

public final class HelmContractIT extends RollbackTargetContract {
    @Override
    protected TargetWorld open() {
        return new HelmWorld();
    }
}
