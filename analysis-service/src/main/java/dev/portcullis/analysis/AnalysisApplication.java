package dev.portcullis.analysis;

import dev.portcullis.kit.launch.ServiceLauncher;

/** The main program of analysis-service. */
public final class AnalysisApplication {
    private AnalysisApplication() {}

    /** Runs until SIGTERM; with {@code --version} it prints that instead. */
    public static void main(String[] arguments) {
        ServiceLauncher.run("analysis", arguments);
    }
}
