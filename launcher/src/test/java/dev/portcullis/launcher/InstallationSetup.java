package dev.portcullis.launcher;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An installation of its own for each test, whose processes start quickly. */
abstract class InstallationSetup {
    private final Map<String, String> environment;

    @TempDir
    Path folder;

    Installation installation;

    /** @param environment variables of its processes, beside those of the ports */
    InstallationSetup(Map<String, String> environment) {
        this.environment = environment;
    }

    @BeforeAll
    static void train(@TempDir Path empty) {
        TestPortcullis.train(empty);
    }

    @BeforeEach
    void install() {
        installation = new Installation(folder, environment);
    }
}
