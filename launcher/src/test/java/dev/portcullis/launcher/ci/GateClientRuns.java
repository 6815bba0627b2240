package dev.portcullis.launcher.ci;

import dev.portcullis.launcher.ci.PlayedMachine.Run;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

/** {@code deploy/ci/portcullis-gate} in each shell and with each awk that pipelines have, its time played. */
@Tag("extra")
abstract class GateClientRuns {
    static final Path CLIENT = DeployFiles.CLIENT;
    static final Duration LIMIT = Duration.ofMinutes(4);

    @TempDir
    Path folder;

    PlayedMachine machine;

    static Stream<String> shells() {
        return Stream.of("dash", "bash", "busybox", "mksh");
    }

    /** How to call each awk. */
    static Stream<String> awks() {
        return Stream.of("gawk", "mawk", "original-awk", "busybox awk");
    }

    @BeforeEach
    void machine() {
        machine = new PlayedMachine(folder);
    }

    Run ask(String shell, String gate, String... more) {
        return ask(Map.of(), shell, gate, more);
    }

    Run ask(Map<String, String> environment, String shell, String gate, String... more) {
        var arguments = new ArrayList<>(
                List.of("--gate", gate, "--service", "checkout", "--stage", "canary-1", "--revision", "42"));
        arguments.addAll(List.of(more));
        return machine.run(environment, PlayedMachine.in(shell, CLIENT, arguments.toArray(String[]::new)));
    }

    static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What is left of temporary files. */
    List<Path> left() throws IOException {
        try (var files = Files.list(machine.temporary())) {
            return files.toList();
        }
    }

    static Element xml(String text) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();
    }
}
