package dev.portcullis.launcher.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.kit.testing.ChildJvm;
import dev.portcullis.kit.testing.DataFolders;
import dev.portcullis.launcher.Portcullis;
import dev.portcullis.launcher.Site;
import dev.portcullis.launcher.TestPortcullis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The command as a process, against a Portcullis that runs as another one with its embedded PostgreSQL. */
@Execution(ExecutionMode.CONCURRENT) // each test waits most of its time
final class DoctorIT {
    private static final Duration LIMIT = Duration.ofMinutes(4);

    @TempDir
    Path folder;

    private final Map<String, String> ports = TestPortcullis.freePorts();

    @BeforeAll
    static void train(@TempDir Path empty) {
        TestPortcullis.train(empty);
    }

    @Test
    void ofARunningPortcullisEverythingIsWell() throws Exception {
        try (var site = new Site()) {
            site.configure(folder.resolve("config"));
            DataFolders.fill(folder.resolve("data"));
            try (var up = child(List.of("up"), "up.out", Map.of())) {
                up.awaitLine("portcullis is up", LIMIT);
                var told = doctor(0, Map.of());
                assertLine(told, "ok   java          25.*, heap up to [0-9]+ MiB");
                assertLine(
                        told,
                        "ok   database      PostgreSQL [0-9.]+.* at jdbc:postgresql://127.0.0.1:[0-9]+/postgres, schemas:"
                                + " analysis up to date, gate up to date, rollback up to date");
                assertLine(told, "ok   analysis      analysis-service is ready: http://127.0.0.1:[0-9]+, gRPC .*");
                assertLine(told, "ok   gate          gate-service is ready: http://127.0.0.1:[0-9]+, gRPC .*");
                assertLine(told, "ok   rollback      rollback-service is ready: http://127.0.0.1:[0-9]+, gRPC .*");
                assertLine(
                        told,
                        "ok   metrics       checkout.yaml:18: checkout-availability, total: 4 series of 2 pods in source"
                                + " 'pods', rollouts_pod_template_hash: c1, s1, .* requests/s");
                assertLine(told, "ok   rollback      the webhook of checkout can be reached");
                assertLine(told, "ok   telemetry     nothing is exported; .*");
                assertEquals(List.of(), site.webhookRequests(), "nothing is rolled back");
            }
        }
    }

    @Test
    void beforeTheFirstStartNothingIsWrong() throws Exception {
        Files.createDirectories(folder.resolve("config"));
        var told = doctor(0, Map.of());
        assertLine(
                told,
                "ok   database      embedded PostgreSQL in " + folder.resolve("data")
                        + ", which up makes; [0-9]+ MiB are free");
        assertLine(told, "ok   services      none is running yet, and their ports are free: analysis .*, gate .*");
        assertLine(
                told,
                "warn configuration no ReleasePolicy is in " + folder.resolve("config")
                        + ", so nothing is configured and every answer is HOLD");
        assertLine(told, " +fix: start with ./portcullis init " + folder.resolve("config") + ", or name another .*");
        assertTrue(Files.notExists(folder.resolve("data")), "nothing is made");
    }

    @Test
    void forProgramsItPrintsOneJsonObject() throws Exception {
        Files.createDirectories(folder.resolve("config"));
        try (var child = child(List.of("doctor", "--output", "json"), "doctor.out", Map.of())) {
            assertEquals(0, child.waitFor(LIMIT), () -> String.join("\n", output()));
        }
        var report = new ObjectMapper().readTree(String.join("\n", output()));
        assertTrue(report.get("ok").asBoolean(), report::toString);
        var first = report.get("outcomes").get(0);
        assertEquals(
                "OK java",
                first.get("state").asText() + " " + first.get("subject").asText());
        assertEquals("", first.get("fix").asText());
    }

    @Test
    void eachFaultHasItsFixBesideItAndNoSecretIsPrinted() throws Exception {
        try (var site = new Site()) {
            site.metricsUp.set(false);
            site.configure(folder.resolve("config"));
            var told = doctor(
                    1,
                    Map.of(
                            "PORTCULLIS_DB_URL", "jdbc:postgresql://127.0.0.1:1/portcullis?password=hunter2",
                            "PORTCULLIS_DB_PASSWORD", "hunter3",
                            "OTEL_TRACES_EXPORTER", "otlp",
                            "OTEL_EXPORTER_OTLP_ENDPOINT", "http://user:hunter4@127.0.0.1:2"));
            assertLine(
                    told,
                    "FAIL database      jdbc:postgresql://127.0.0.1:1/portcullis: Connection to 127.0.0.1:1 refused.*");
            assertLine(
                    told,
                    "                   fix: start the server, or correct PORTCULLIS_DB_URL, e.g."
                            + " jdbc:postgresql://db:5432/portcullis");
            assertLine(
                    told,
                    "FAIL metrics       checkout.yaml:1: source 'pods' answers with an error: none of its pages can be read:"
                            + " 127.0.0.1:[0-9]+: status 503, 127.0.0.1:[0-9]+: status 503");
            assertLine(told, "                   fix: look at its own log, and at connectionDetails of its DataSource");
            assertLine(told, "FAIL telemetry     traces cannot be sent to http://127.0.0.1:2: Connection refused");
            assertTrue(told.stream().noneMatch(line -> line.contains("hunter")), told.toString());
        }
    }

    private List<String> doctor(int exit, Map<String, String> environment) throws IOException {
        try (var child = child(List.of("doctor"), "doctor.out", environment)) {
            assertEquals(exit, child.waitFor(LIMIT), () -> String.join("\n", output()));
            return output();
        }
    }

    private List<String> output() {
        try {
            return Files.readAllLines(folder.resolve("doctor.out"));
        } catch (IOException e) {
            return List.of(e.toString());
        }
    }

    private ChildJvm child(List<String> command, String output, Map<String, String> more) {
        var environment = new HashMap<>(ports);
        environment.putAll(more);
        var arguments = new java.util.ArrayList<>(command);
        arguments.addAll(List.of("--config", folder.resolve("config").toString()));
        arguments.addAll(List.of("--data", folder.resolve("data").toString()));
        return ChildJvm.start(Portcullis.class, arguments, environment, folder.resolve(output));
    }

    private static void assertLine(List<String> told, String pattern) {
        assertTrue(
                told.stream().anyMatch(line -> line.matches(pattern)),
                () -> pattern + " is missing in\n" + String.join("\n", told));
    }
}
