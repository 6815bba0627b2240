package dev.portcullis.rollback.targets;

/** The worlds of the contract's tests for whoever tests something else of them. */
public final class Worlds {
    private Worlds() {}

    /** A world of its own, as that test opens them. */
    public static TargetWorld of(RollbackTargetContract contract) {
        return contract.open();
    }
}
