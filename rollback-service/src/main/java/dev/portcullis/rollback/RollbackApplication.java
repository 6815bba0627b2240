package dev.portcullis.rollback;

import dev.portcullis.kit.launch.ServiceLauncher;

/** The main program of rollback-service. */
public final class RollbackApplication {
    private RollbackApplication() {}

    /** Runs until SIGTERM; with {@code --version} it prints that instead. */
    public static void main(String[] arguments) {
        ServiceLauncher.run("rollback", arguments);
    }
}
