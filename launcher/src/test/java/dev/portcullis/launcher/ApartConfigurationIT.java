package dev.portcullis.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.AnalysisApplication;
import dev.portcullis.gate.GateApplication;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.ChildJvm;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.rollback.RollbackApplication;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The three services in three processes read one folder: what one of them would refuse, none uses, also while that one is away. */
final class ApartConfigurationIT {
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final Map<String, Class<?>> MAINS = new TreeMap<>(Map.of(
            "analysis", AnalysisApplication.class,
            "gate", GateApplication.class,
            "rollback", RollbackApplication.class));
    private static final String LEGAL_ROLLBACK =
            "rollback: {target: deployment, namespace: shop, deployment: checkout}";
    private static final String FAULTY_ROLLBACK = "rollback: {target: nowhere}";

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> environment = new HashMap<>(TestPortcullis.freePorts());
    private final Map<String, ChildJvm> running = new TreeMap<>();
    private int starts;

    @BeforeAll
    static void train(@TempDir Path empty) {
        TestPortcullis.train(empty);
    }

    @BeforeEach
    void start() throws IOException {
        var database = TestDatabase.fresh();
        environment.put("PORTCULLIS_DB_URL", database.url());
        environment.put("PORTCULLIS_DB_USER", database.user());
        environment.put("PORTCULLIS_DB_PASSWORD", database.password());
        environment.put(
                "PORTCULLIS_CONFIG",
                Files.createDirectories(folder.resolve("config")).toString());
        policy("preset: spring-boot");
        for (var service : MAINS.keySet()) {
            running.put(service, process(service));
        }
        running.forEach((service, process) -> process.awaitLine(service + "-service ready", LIMIT));
    }

    @AfterEach
    void stop() {
        running.values().forEach(ChildJvm::close);
    }

    @Test
    void aFaultInTheSectionOfOneServiceLeavesAllThreeOnTheContentBefore() throws IOException {
        var before = generation("gate");
        for (var fault : List.of(
                List.of("preset: nowhere"),
                List.of("preset: spring-boot", "gate: {undecided: maybe}"),
                List.of("preset: spring-boot", FAULTY_ROLLBACK))) {
            policy(fault.toArray(String[]::new));
            for (var service : MAINS.keySet()) {
                awaitRefusal(service, before);
            }
            policy("preset: spring-boot");
            for (var service : MAINS.keySet()) {
                Await.until(service + " refuses no more", LIMIT, () -> !pages(service)
                        .refuses());
            }
        }

        policy("preset: spring-boot", LEGAL_ROLLBACK);
        for (var service : MAINS.keySet()) {
            awaitChange(service, before);
            assertEquals(
                    "[\"access\",\"analysis\",\"gate\",\"rollback\"]",
                    pages(service).configuration().path("readers").toString());
        }
        assertEquals(generation("gate"), generation("analysis"));
        assertEquals(generation("gate"), generation("rollback"));
    }

    @Test
    void aServiceThatIsAwayNeitherLetsAFaultOfItsSectionThroughNorHoldsUpAChange() throws IOException {
        var before = generation("gate");
        running.get("rollback").kill();

        policy("preset: spring-boot", FAULTY_ROLLBACK);
        awaitRefusal("analysis", before);
        awaitRefusal("gate", before);
        // It has no content to go on with.
        var refused = process("rollback");
        assertEquals(1, refused.waitFor(LIMIT));
        var output = Files.readString(output("rollback"));
        assertTrue(output.contains("checkout.yaml:8: "), output);

        policy("preset: spring-boot", LEGAL_ROLLBACK);
        awaitChange("analysis", before);
        awaitChange("gate", before);
        running.put("rollback", process("rollback"));
        running.get("rollback").awaitLine("rollback-service ready", LIMIT);
        assertEquals(generation("gate"), generation("rollback"));
        assertEquals(generation("gate"), generation("analysis"));
    }

    private void awaitRefusal(String service, String before) {
        var pages = pages(service);
        Await.until(service + " refuses", LIMIT, pages::refuses);
        var told = pages.configuration();
        assertEquals(before, told.path("generation").textValue());
        assertTrue(told.path("faults").toString().contains("checkout.yaml:"), told.toString());
    }

    private void awaitChange(String service, String before) {
        Await.until(service + " takes it up", LIMIT, () -> !generation(service).equals(before));
        assertNotEquals(true, pages(service).refuses());
    }

    private void policy(String... sections) throws IOException {
        var text = """
                apiVersion: portcullis.dev/v1
                kind: ReleasePolicy
                metadata: {name: checkout}
                spec:
                  service: checkout
                  arms: {label: hash}
                  %s
                """.formatted(String.join("\n  ", sections));
        Files.writeString(folder.resolve("config/checkout.yaml"), text);
    }

    private ChildJvm process(String service) {
        starts++;
        var main = MAINS.getOrDefault(service, Object.class);
        return ChildJvm.start(main, List.of(), environment, output(service));
    }

    private Path output(String service) {
        return folder.resolve(service + starts + ".out");
    }

    private String generation(String service) {
        return pages(service).generation();
    }

    private ServicePages pages(String service) {
        var port = environment.getOrDefault("PORTCULLIS_" + service.toUpperCase(Locale.ROOT) + "_HTTP_PORT", "-1");
        return new ServicePages(http, Integer.parseInt(port));
    }
}
