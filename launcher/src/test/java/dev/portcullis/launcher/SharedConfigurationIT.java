package dev.portcullis.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.launcher.services.AllServices;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The three services in one process read one folder: what one refuses, none uses, and each says so. */
final class SharedConfigurationIT {
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final List<String> SERVICES = List.of("analysis", "gate", "rollback");

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void aChangeThatOneServiceRefusesIsInUseInNoneAndShownByAllWithoutEndingReadiness() throws IOException {
        try (var services = TestPortcullis.startEmpty(folder)) {
            var generation = pages(services, "gate").generation();
            for (var name : SERVICES) {
                assertEquals(generation, pages(services, name).generation());
                assertEquals(0.0, pages(services, name).metric("portcullis_configuration_refused"));
            }
            // Only rollback-service knows that there is no such target.
            policy("target: nowhere");

            for (var name : SERVICES) {
                var pages = pages(services, name);
                Await.until(name + " refuses", LIMIT, pages::refuses);
                var refused = pages.configuration();
                assertTrue(refused.path("faults").toString().contains("checkout.yaml:6: "), refused.toString());
                assertEquals(generation, refused.path("generation").textValue());
                assertEquals(200, pages.get("/health/readiness").statusCode());
                assertEquals("DEGRADED", pages.health().path("status").textValue());
            }
            assertEquals(
                    "[\"UNKNOWN_SERVICE\"]", answer(services).path("reasons").toString());

            policy("target: deployment, namespace: shop, deployment: checkout");
            for (var name : SERVICES) {
                var pages = pages(services, name);
                Await.until(
                        name + " takes it up", LIMIT, () -> !pages.generation().equals(generation));
                assertEquals(0.0, pages.metric("portcullis_configuration_refused"));
            }
            Await.until(
                    "a known service",
                    LIMIT,
                    () -> !answer(services).path("reasons").toString().contains("UNKNOWN_SERVICE"));
        }
    }

    private void policy(String rollback) throws IOException {
        Files.writeString(folder.resolve("config/checkout.yaml"), """
                apiVersion: portcullis.dev/v1
                kind: ReleasePolicy
                metadata: {name: checkout}
                spec:
                  service: checkout
                  rollback: {%s}
                  preset: spring-boot
                  arms: {label: hash}
                """.formatted(rollback));
    }

    private JsonNode answer(AllServices services) {
        return pages(services, "gate").json("/v1/argo?service=checkout&canary=c1");
    }

    private ServicePages pages(AllServices services, String service) {
        return new ServicePages(http, services.service(service).httpPort());
    }
}
