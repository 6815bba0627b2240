package dev.portcullis.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The three services in three processes read one folder: what one of them would refuse, none uses, also while that one is away. */
final class ApartConfigurationIT {
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final String LEGAL_ROLLBACK =
            "rollback: {target: deployment, namespace: shop, deployment: checkout}";
    private static final String FAULTY_ROLLBACK = "rollback: {target: nowhere}";

    @TempDir
    Path folder;

    private SeparateServices services;

    @BeforeAll
    static void train(@TempDir Path empty) {
        TestPortcullis.train(empty);
    }

    @BeforeEach
    void start() throws IOException {
        services = new SeparateServices(folder, Map.of());
        policy("preset: spring-boot");
        services.up();
    }

    @AfterEach
    void stop() {
        services.close();
    }

    @Test
    void aFaultInTheSectionOfOneServiceLeavesAllThreeOnTheContentBefore() throws IOException {
        var before = generation("gate");
        for (var fault : List.of(
                List.of("preset: nowhere"),
                List.of("preset: spring-boot", "gate: {undecided: maybe}"),
                List.of("preset: spring-boot", FAULTY_ROLLBACK))) {
            policy(fault.toArray(String[]::new));
            for (var service : SeparateServices.names()) {
                awaitRefusal(service, before);
            }
            policy("preset: spring-boot");
            for (var service : SeparateServices.names()) {
                Await.until(service + " refuses no more", LIMIT, () -> !pages(service)
                        .refuses());
            }
        }

        policy("preset: spring-boot", LEGAL_ROLLBACK);
        for (var service : SeparateServices.names()) {
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
        services.kill("rollback");

        policy("preset: spring-boot", FAULTY_ROLLBACK);
        awaitRefusal("analysis", before);
        awaitRefusal("gate", before);
        // It has no content to go on with.
        var refused = services.start("rollback");
        assertEquals(1, refused.waitFor(LIMIT));
        var output = services.output("rollback");
        assertTrue(output.contains("checkout.yaml:8: "), output);

        policy("preset: spring-boot", LEGAL_ROLLBACK);
        awaitChange("analysis", before);
        awaitChange("gate", before);
        services.up("rollback");
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

    private String generation(String service) {
        return pages(service).generation();
    }

    private ServicePages pages(String service) {
        return services.pages(service);
    }
}
