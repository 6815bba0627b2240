package dev.portcullis.benchmarks.scale;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Services of which each has a canary: a canary pod and a stable pod that count their requests by status code. All fail one request of
 * a thousand, so that nothing is decided while it is measured.
 *
 * @param canaries how many services
 * @param metrics how many metrics there are in all; each service has a counter of its own for each
 * @param objectives how many of the metrics each service has an objective on, 1 to all
 */
record Fleet(int canaries, int metrics, int objectives) {
    private static final int CANARY_PER_SECOND = 50;
    private static final int STABLE_PER_SECOND = 450;
    private static final int REQUESTS_PER_ERROR = 1_000;
    private static final int SERVICES_PER_FILE = 100;

    Fleet {
        if (canaries < 1 || metrics < 1 || objectives < 1 || objectives > metrics) {
            throw new IllegalArgumentException(canaries + " canaries, " + metrics + " metrics, " + objectives
                    + " objectives each; must be 1 or more, and no more objectives than metrics");
        }
    }

    static String service(int number) {
        return "service-" + number;
    }

    static String canary(int number) {
        return String.format("%05xc7d9f8", number);
    }

    static String stable(int number) {
        return String.format("%05xs5b6f4", number);
    }

    private static String metric(int number) {
        return "app" + number + "_http_requests_total";
    }

    private boolean uses(int service, int metric) {
        return Math.floorMod(metric - service, metrics) < objectives;
    }

    /** How many series are exposed. */
    int series() {
        return canaries * objectives * 4;
    }

    /** The exposition after so many seconds. */
    String page(double seconds) {
        var page = new StringBuilder(series() * 120);
        for (var metric = 0; metric < metrics; metric++) {
            page.append("# TYPE ").append(metric(metric)).append(" counter\n");
            for (var service = 0; service < canaries; service++) {
                if (uses(service, metric)) {
                    pod(page, metric, service, canary(service), (long) (seconds * CANARY_PER_SECOND));
                    pod(page, metric, service, stable(service), (long) (seconds * STABLE_PER_SECOND));
                }
            }
        }
        return page.toString();
    }

    private static void pod(StringBuilder page, int metric, int service, String hash, long requests) {
        var bad = requests / REQUESTS_PER_ERROR;
        series(page, metric, service, hash, "200", requests - bad);
        series(page, metric, service, hash, "500", bad);
    }

    private static void series(StringBuilder page, int metric, int service, String hash, String code, long value) {
        page.append(metric(metric)).append("{service=\"").append(service(service));
        page.append("\",pod=\"").append(service(service)).append('-').append(hash);
        page.append("\",rollouts_pod_template_hash=\"").append(hash);
        page.append("\",code=\"").append(code).append("\"} ").append(value).append('\n');
    }

    /** The configuration of all services, as files of a few each. */
    List<String> configuration(String pollInterval) {
        return IntStream.iterate(0, first -> first < canaries, first -> first + SERVICES_PER_FILE)
                .mapToObj(first -> IntStream.range(first, Math.min(canaries, first + SERVICES_PER_FILE))
                        .mapToObj(service -> configuration(service, pollInterval))
                        .collect(Collectors.joining("---\n")))
                .toList();
    }

    private String configuration(int service, String pollInterval) {
        var used = IntStream.range(0, metrics).filter(metric -> uses(service, metric));
        var slos = new StringBuilder();
        var names = new StringBuilder();
        used.forEach(metric -> {
            var name = service(service) + "-" + metric;
            var selector = metric(metric) + "{service=\"" + service(service) + "\"";
            slos.append(SLO.formatted(name, service(service), selector, selector));
            names.append("    - {slo: ").append(name).append("}\n");
        });
        return slos + POLICY.formatted(service(service), service(service), names, pollInterval);
    }

    private static final String SLO = """
            apiVersion: openslo/v1
            kind: SLO
            metadata: {name: %s}
            spec:
              service: %s
              indicator:
                spec:
                  ratioMetric:
                    counter: true
                    good: {metricSource: {type: Prometheus, spec: {query: '%s,code!~"5.."}'}}}
                    total: {metricSource: {type: Prometheus, spec: {query: '%s}'}}}
              timeWindow: [{duration: 30d, isRolling: true}]
              budgetingMethod: Occurrences
              objectives: [{target: 0.99}]
            ---
            """;

    /** The bake time keeps all of them running and undecided for the whole run, so that every tick costs the same. */
    private static final String POLICY = """
            apiVersion: portcullis.dev/v1
            kind: ReleasePolicy
            metadata: {name: %s}
            spec:
              service: %s
              arms: {label: rollouts_pod_template_hash}
              objectives:
            %s  analysis: {poll: %s, window: 30s, deadline: 120m, bake: 110m}
            """;
}
