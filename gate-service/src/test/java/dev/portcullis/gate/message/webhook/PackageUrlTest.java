package dev.portcullis.gate.message.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PackageUrlTest {
    @ParameterizedTest
    @CsvSource({
        "pkg:maven/org.example/shop@1.0, pkg:maven/org.example/shop@1.0",
        "shop@sha256:0f1e, pkg:oci/shop@sha256%3A0f1e?repository_url=shop",
        "registry.example:5000/a/shop:v1@sha256:0f1e, pkg:oci/shop@sha256%3A0f1e?repository_url=registry.example:5000/a/shop",
        "registry.example/shop:v1, pkg:generic/check%20out@v%2F42",
        "build 4711, pkg:generic/check%20out@v%2F42",
        "'', pkg:generic/check%20out@v%2F42"
    })
    void anArtifactIsNamedAsCdEventsWantsIt(String artifact, String url) {
        assertEquals(url, PackageUrl.of(artifact, "check out", "v/42"));
    }
}
