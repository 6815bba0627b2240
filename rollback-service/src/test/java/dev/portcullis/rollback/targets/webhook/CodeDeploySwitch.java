package dev.portcullis.rollback.targets.webhook;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.portcullis.rollback.targets.TargetPage;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The server of docs/targets/codedeploy.md as a real process, with a stand-in for the program {@code aws} that keeps deployments as files. */
final class CodeDeploySwitch implements AutoCloseable {
    static final TargetPage PAGE = TargetPage.of("codedeploy");
    private static final Path AWS = Path.of("src", "test", "resources", "codedeploy", "aws");
    private static final Pattern LISTENING = Pattern.compile("listening on port (\\d+)");

    private final Path folder;
    private final Process process;
    private final int port;

    private CodeDeploySwitch(Path folder, Process process, int port) {
        this.folder = folder;
        this.process = process;
        this.port = port;
    }

    /** Where no Python is installed the test is skipped; where it must run (CI=true) it fails. */
    static CodeDeploySwitch start(Path folder, String token) throws IOException {
        requirePython();
        Files.createDirectories(folder.resolve("orders"));
        Files.writeString(folder.resolve("token"), token + "\n");
        Files.writeString(folder.resolve("switch.py"), PAGE.examples("python").getFirst() + "\n");
        var builder = new ProcessBuilder("python3", "switch.py")
                .directory(folder.toFile())
                .redirectError(folder.resolve("switch.log").toFile());
        var environment = builder.environment();
        environment.put("SWITCH_ORDERS", folder.resolve("orders").toString());
        environment.put("SWITCH_TOKEN_FILE", folder.resolve("token").toString());
        environment.put("SWITCH_PORT", "0");
        environment.put("FAKE_AWS", folder.toString());
        environment.put("SWITCH_AWS", AWS.toAbsolutePath().toString());
        var process = builder.start();
        return new CodeDeploySwitch(folder, process, port(process.inputReader(StandardCharsets.UTF_8)));
    }

    private static void requirePython() {
        var there = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(path -> Files.isExecutable(Path.of(path, "python3")));
        if (!there && "true".equals(System.getenv("CI"))) {
            fail("CI=true and there is no program 'python3' on the PATH; install Debian's package python3");
        }
        Assumptions.assumeTrue(there, "no program 'python3' on the PATH");
    }

    private static int port(BufferedReader output) throws IOException {
        var line = String.valueOf(output.readLine());
        var found = LISTENING.matcher(line);
        assertTrue(found.matches(), line);
        return Integer.parseInt(found.group(1));
    }

    String url() {
        return "http://127.0.0.1:" + port + "/rollback";
    }

    String readBack() {
        return "http://127.0.0.1:" + port + "/traffic";
    }

    /** The calls of one command so far. */
    List<String> calls(String command) throws IOException {
        var calls = folder.resolve("calls");
        return Files.exists(calls)
                ? Files.readAllLines(calls).stream()
                        .filter(line -> line.startsWith(command + " "))
                        .toList()
                : List.of();
    }

    /** Cuts it off, as a crash does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
