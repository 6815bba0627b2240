package dev.portcullis.benchmarks.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** The services of a run, each with a canary, an SLO, a policy and the webhook as its rollback target. */
record Shops(int number) {
    /** Value of the arm label of every canary. */
    static final String CANARY = "7d9c8";

    /** Value of the arm label of every stable pod. */
    static final String STABLE = "5b6f4";

    private static final String SOURCE = """
            apiVersion: openslo/v1
            kind: DataSource
            metadata: {name: pods}
            spec:
              type: Scrape
              connectionDetails: {targets: ['%s']}
            ---
            """;

    Shops {
        if (number < 1) {
            throw new IllegalArgumentException(number + " canaries; must be 1 or more");
        }
    }

    List<String> names() {
        return IntStream.range(0, number).mapToObj(each -> "service-" + each).toList();
    }

    /**
     * Writes the configuration folder.
     *
     * @param metrics address of the pods' /metrics
     * @param webhook address of the switch, without a path
     */
    void writeTo(Path folder, String metrics, String webhook) throws IOException {
        var text = new StringBuilder(SOURCE.formatted(metrics));
        var each = template();
        names().forEach(name -> text.append(each.replace("${service}", name).replace("${switch}", webhook)));
        Files.writeString(folder.resolve("shops.yaml"), text);
    }

    private static String template() throws IOException {
        try (var stream = Shops.class.getResourceAsStream("/abort/service.yaml")) {
            if (stream == null) {
                throw new IOException("the class path lacks /abort/service.yaml");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
