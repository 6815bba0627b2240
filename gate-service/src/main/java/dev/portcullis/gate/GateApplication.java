package dev.portcullis.gate;

import dev.portcullis.kit.launch.ServiceLauncher;

/** The main program of gate-service. */
public final class GateApplication {
    private GateApplication() {}

    /** Runs until SIGTERM; with {@code --version} it prints that instead. */
    public static void main(String[] arguments) {
        ServiceLauncher.run("gate", arguments);
    }
}
