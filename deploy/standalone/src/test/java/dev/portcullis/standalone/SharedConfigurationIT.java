package dev.portcullis.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.portcullis.kit.testing.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The three services in one process read one folder: what one refuses, none uses, and each says so. */
final class SharedConfigurationIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final List<String> SERVICES = List.of("analysis", "gate", "rollback");

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void aChangeThatOneServiceRefusesIsInUseInNoneAndShownByAllWithoutEndingReadiness() throws IOException {
        try (var services = Up.startEmpty(folder)) {
            var generation = configuration(services, "gate").path("generation").textValue();
            for (var name : SERVICES) {
                assertEquals(
                        generation,
                        configuration(services, name).path("generation").textValue());
                assertEquals(0.0, metric(services, name, "portcullis_configuration_refused"));
            }
            // Only rollback-service knows that there is no such target.
            policy("target: nowhere");

            for (var name : SERVICES) {
                Await.until(
                        name + " refuses",
                        LIMIT,
                        () -> metric(services, name, "portcullis_configuration_refused") == 1.0);
                var refused = configuration(services, name);
                assertTrue(refused.path("faults").toString().contains("checkout.yaml:6: "), refused.toString());
                assertEquals(generation, refused.path("generation").textValue());
                assertEquals(200, get(services, name, "/health/readiness").statusCode());
                assertEquals("DEGRADED", json(services, name).path("status").textValue());
            }
            assertEquals(
                    "[\"UNKNOWN_SERVICE\"]", answer(services).path("reasons").toString());

            policy("target: deployment, namespace: shop, deployment: checkout");
            for (var name : SERVICES) {
                Await.until(name + " takes it up", LIMIT, () -> !configuration(services, name)
                        .path("generation")
                        .textValue()
                        .equals(generation));
                assertEquals(0.0, metric(services, name, "portcullis_configuration_refused"));
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
        return parsed(
                get(services, "gate", "/v1/argo?service=checkout&canary=c1").body());
    }

    private JsonNode configuration(AllServices services, String service) {
        return json(services, service).path("details").path("configuration").path("details");
    }

    private JsonNode json(AllServices services, String service) {
        return parsed(get(services, service, "/health").body());
    }

    private double metric(AllServices services, String service, String name) {
        return get(services, service, "/prometheus")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElse(Double.NaN);
    }

    private static JsonNode parsed(String text) {
        try {
            return JsonMapper.builder().build().readTree(text);
        } catch (IOException e) {
            throw new IllegalStateException("not JSON: " + text, e);
        }
    }

    private java.net.http.HttpResponse<String> get(AllServices services, String service, String path) {
        var uri = URI.create("http://127.0.0.1:" + services.service(service).httpPort() + path);
        try {
            return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
