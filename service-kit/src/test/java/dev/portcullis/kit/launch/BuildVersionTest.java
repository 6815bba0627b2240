package dev.portcullis.kit.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class BuildVersionTest {
    @Test
    void theCommitIsWhatTheBuildHasNoted() {
        assertEquals("4f1c2ab90d13-dirty", BuildVersion.commit("/launch/noted-commit.txt"));
        assertEquals("unknown", BuildVersion.commit("/launch/no-such-note.txt"));
    }

    @Test
    void theLineTellsVersionCommitAndJava() {
        var line = new BuildVersion("1.2.3", "4f1c2ab").line("gate-service");
        assertEquals("gate-service 1.2.3 (commit 4f1c2ab, Java " + Runtime.version() + ")", line);
    }

    @Test
    void theVersionIsThatOfTheBuild() throws IOException {
        var pom = Files.readString(Path.of("..", "pom.xml"));
        var version = pom.substring(pom.indexOf("<version>") + "<version>".length(), pom.indexOf("</version>"));
        assertEquals(version.replace("-SNAPSHOT", ""), BuildVersion.current().version());
    }
}
