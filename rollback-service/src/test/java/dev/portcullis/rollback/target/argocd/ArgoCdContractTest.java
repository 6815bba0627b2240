package dev.portcullis.rollback.target.argocd;

import dev.portcullis.rollback.target.RollbackTargetContract;
import dev.portcullis.rollback.target.TargetWorld;
import org.junit.jupiter.api.Nested;

final class ArgoCdContractTest {
    @Nested
    final class SyncedByHand extends RollbackTargetContract {
        @Override
        protected TargetWorld open() {
            return new ArgoCdWorld(ArgoCdWorld.MANUAL, "refuse");
        }
    }

    @Nested
    final class WithAutoSyncToSwitchOff extends RollbackTargetContract {
        @Override
        protected TargetWorld open() {
            return new ArgoCdWorld(ArgoCdWorld.AUTOMATIC, "switch-off");
        }
    }

    @Nested
    final class OfSeveralSources extends RollbackTargetContract {
        @Override
        protected TargetWorld open() {
            return new ArgoCdWorld(ArgoCdWorld.SEVERAL, "refuse");
        }
    }
}
