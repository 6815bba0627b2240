package dev.portcullis.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.testing.ChildJvm;
import dev.portcullis.kit.testing.Page;
import dev.portcullis.kit.testing.StubHttpServer;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import dev.portcullis.kit.testing.TestIssuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/tls.md has a new user do, done as it stands there; openssl, curl and a shell are real, the identity provider is played. */
@Tag("extra")
final class TlsPageIT {
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final Page PAGE = Page.of("docs/tls.md");

    private static final Path CLIENT =
            Path.of("../deploy/ci/portcullis-gate").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>(TestPortcullis.freePorts());
    private TestIssuer issuer;
    private StubHttpServer provider;

    @BeforeEach
    void play() throws IOException {
        provider = new StubHttpServer(request -> switch (request.uri().getPath()) {
            case "/.well-known/openid-configuration" -> Response.json(200, issuer.discovery());
            case "/keys" -> Response.json(200, issuer.jwks());
            default -> Response.text(404, "");
        });
        issuer = new TestIssuer(provider.address(), "one");
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(folder.resolve("portcullis"), """
                #!/bin/sh
                exec "%s/bin/java" -cp "$TEST_CLASS_PATH" %s "$@"
                """.formatted(
                        System.getProperty("java.home"), Portcullis.class.getName()));
        assertTrue(folder.resolve("portcullis").toFile().setExecutable(true));
        environment.put("TEST_CLASS_PATH", System.getProperty("java.class.path"));
    }

    @AfterEach
    void end() {
        provider.close();
    }

    @Test
    void aNewUserGetsToAProtectedGate() throws Exception {
        assertEquals("", tail(shell(0, step("sh", "openssl req"))));
        Files.writeString(
                folder.resolve("config/access.yaml"),
                step("yaml", "kind: Access").replace("https://login.shop.example", provider.address()));
        Pattern.compile("(?m)^export (\\w+)=(.*)$")
                .matcher(step("sh", "export PORTCULLIS_HOST"))
                .results()
                .forEach(variable ->
                        environment.put(variable.group(1), variable.group(2).replace("$PWD", folder.toString())));
        assertEquals("0.0.0.0", environment.get("PORTCULLIS_HOST"));
        var arguments = List.of(
                "up",
                "--config",
                folder.resolve("config").toString(),
                "--data",
                folder.resolve("data").toString());
        try (var up = ChildJvm.start(Portcullis.class, arguments, environment, folder.resolve("up.out"))) {
            var line = up.awaitLine("portcullis is up: ", LIMIT);
            assertTrue(line.startsWith("portcullis is up: https://127.0.0.1:"), line);
            ask(0, "sre", "\"HOLD\"", "no release");
            askAsPipeline();
            ask(22, "sales", "403");
            var doctor = shell(0, "./portcullis doctor --config config --data data");
            assertTrue(doctor.contains("tls.crt are good until "), doctor);
            assertTrue(doctor.contains("gate-service is ready: https://127.0.0.1:"), doctor);
        }
    }

    private void ask(int exitCode, String group, String... told) throws Exception {
        var claims = Map.of("groups", List.of(group), "email", "ann@shop.example");
        var token = issuer.token("ann", Instant.now(), claims);
        environment.put("PORTCULLIS_TOKEN", token);
        var answer = shell(
                exitCode,
                step("sh", "curl --fail")
                        .replace("--silent", "--silent --show-error")
                        .replace("8080", environment.get("PORTCULLIS_GATE_HTTP_PORT"))
                        .replace("9102", environment.get("PORTCULLIS_GATE_GRPC_PORT")));
        for (var part : told) {
            assertTrue(answer.contains(part), answer);
        }
    }

    /** A HOLD, for there is no policy; and nothing but a fault of curl's where the authority is not named. */
    private void askAsPipeline() throws Exception {
        var call = PAGE.text()
                .lines()
                .filter(line -> line.startsWith("    portcullis-gate --gate"))
                .findFirst()
                .orElseThrow()
                .strip()
                .replace("portcullis-gate --gate", CLIENT + " --wait 0s --gate")
                .replace("gate.shop.example:8080", "localhost:" + environment.get("PORTCULLIS_GATE_HTTP_PORT"));
        var answer = shell(2, call);
        assertTrue(answer.contains("HOLD"), answer);
        environment.remove("PORTCULLIS_TLS_CA_FILE");
        var refused = shell(3, call.replace("--ca-file tls/ca.crt", ""));
        assertTrue(refused.contains("certificate"), refused);
        environment.put("PORTCULLIS_TLS_CA_FILE", folder.resolve("tls/ca.crt").toString());
    }

    /** As it stands in a list, its indentation taken off. */
    private static String step(String language, String with) {
        return PAGE.block(language, with).stripIndent();
    }

    private static String tail(String output) {
        return output.lines().filter(line -> line.contains("rror")).findFirst().orElse("");
    }

    private String shell(int exitCode, String script) throws Exception {
        var output = Files.createTempFile(folder, "shell", ".out");
        var builder = new ProcessBuilder("sh", "-ec", script)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        var process = builder.start();
        assertTrue(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS));
        assertEquals(exitCode, process.exitValue(), () -> read(output));
        return read(output);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
