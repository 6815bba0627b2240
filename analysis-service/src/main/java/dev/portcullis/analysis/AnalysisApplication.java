package dev.portcullis.analysis;

import dev.portcullis.kit.launch.ServiceLauncher;

/** The main program of analysis-service. */
public final class AnalysisApplication {
    private AnalysisApplication() {}

    /** Runs until SIGTERM. */
    public static void main(String[] args) {
        ServiceLauncher.run("analysis");
    }
}
