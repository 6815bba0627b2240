package dev.portcullis.rollback.targets.argocd;

import dev.portcullis.rollback.targets.RollbackTargetContract;
import dev.portcullis.rollback.targets.TargetWorld;
import org.junit.jupiter.api.Nested;

public final class ArgoCdContractIT {
    @Nested
    public final class SyncedByHand extends RollbackTargetContract {
        @Override
        protected TargetWorld open() {
            return new ArgoCdWorld(ArgoCdWorld.MANUAL, "refuse");
        }
    }

    @Nested
    public final class WithAutoSyncToSwitchOff extends RollbackTargetContract {
        @Override
        protected TargetWorld open() {
            return new ArgoCdWorld(ArgoCdWorld.AUTOMATIC, "switch-off");
        }
    }

    @Nested
    public final class OfSeveralSources extends RollbackTargetContract {
        @Override
        protected TargetWorld open() {
            return new ArgoCdWorld(ArgoCdWorld.SEVERAL, "refuse");
        }
    }
}
