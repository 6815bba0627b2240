package dev.portcullis.kit.testing;

/**
 * Documents of a configuration folder that describe how the service {@code checkout} is measured and judged, in YAML. The texts are plain, so that a test may replace a word
 * of them.
 */
public final class ShopDocuments {
    private ShopDocuments() {}

    /** Several documents as one file. */
    public static String file(String... documents) {
        return String.join("---\n", documents);
    }

    /**
     * A metric source.
     *
     * @param connectionDetails a mapping in one line, as {@code {url: 'http://127.0.0.1:9090'}}
     */
    public static String dataSource(String name, String type, String connectionDetails) {
        return """
                apiVersion: openslo/v1
                kind: DataSource
                metadata: {name: %s}
                spec:
                  type: %s
                  connectionDetails: %s
                """.formatted(name, type, connectionDetails);
    }

    /**
     * An SLO of two counters, 999 of 1,000 requests of 30 days.
     *
     * @param source what names the metric source, as {@code metricSourceRef: pods} or {@code type: Prometheus}
     * @param part what the first counter counts: {@code good} or {@code bad}
     * @param query of the first counter
     * @param total the query of all requests
     */
    public static String slo(String name, String source, String part, String query, String total) {
        return """
                apiVersion: openslo/v1
                kind: SLO
                metadata: {name: %1$s}
                spec:
                  service: checkout
                  indicator:
                    spec:
                      ratioMetric:
                        counter: true
                        %3$s: {metricSource: {%2$s, spec: {query: '%4$s'}}}
                        total: {metricSource: {%2$s, spec: {query: '%5$s'}}}
                  timeWindow: [{duration: 30d, isRolling: true}]
                  budgetingMethod: Occurrences
                  objectives: [{target: 0.999}]
                """.formatted(name, source, part, query, total);
    }

    /**
     * A policy.
     *
     * @param objectives as in a list, {@code {slo: errors, severity: critical}}
     * @param sections further lines of its spec, as {@code arms: {label: version}}
     */
    public static String policy(String objectives, String... sections) {
        return """
                apiVersion: portcullis.dev/v1
                kind: ReleasePolicy
                metadata: {name: checkout}
                spec:
                  service: checkout
                  objectives: [%s]
                """.formatted(objectives) + String.join("\n", sections).indent(2);
    }
}
