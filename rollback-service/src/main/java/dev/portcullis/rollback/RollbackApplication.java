package dev.portcullis.rollback;

import dev.portcullis.kit.launch.ServiceLauncher;

/** The main program of rollback-service. */
public final class RollbackApplication {
    private RollbackApplication() {}

    public static void main(String[] arguments) {
        ServiceLauncher.run("rollback");
    }
}
