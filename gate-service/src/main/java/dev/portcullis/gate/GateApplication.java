package dev.portcullis.gate;

import dev.portcullis.kit.launch.ServiceLauncher;

/** The main program of gate-service. */
public final class GateApplication {
    private GateApplication() {}

    public static void main(String[] args) {
        ServiceLauncher.run("gate");
    }
}
