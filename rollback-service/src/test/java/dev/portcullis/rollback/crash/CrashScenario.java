package dev.portcullis.rollback.crash;

import dev.portcullis.rollback.targets.RollbackTargetContract;
import dev.portcullis.rollback.targets.TargetWorld;
import dev.portcullis.rollback.targets.Worlds;

/**
 * A kind of rollback to be killed at each of its points.
 *
 * @param contract the contract's test that opens worlds before such a rollback
 * @param section the policy's rollback section, with ${address} and ${cluster} for how the world is reached
 */
record CrashScenario(RollbackTargetContract contract, String section) {
    TargetWorld open() {
        return Worlds.of(contract);
    }

    /** As a report shows it, e.g. "UndoWorkloadRef". */
    String name() {
        return contract.getClass().getSimpleName().replaceAll("(Contract|Target)?IT$", "");
    }

    @Override
    public String toString() {
        return name();
    }
}
