package dev.portcullis.analysis.source.prometheus;

import dev.portcullis.analysis.source.Access;
import dev.portcullis.analysis.source.AccessReader;
import dev.portcullis.analysis.source.HttpAddress;
import dev.portcullis.kit.configuration.YamlMapping;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the {@code connectionDetails} of a DataSource of this kind; faults are told with their lines. Used for one DataSource. */
final class ConnectionReader {
    private static final int MOST_SERIES = 1_000_000;
    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(100);
    /** With the slack of a reading, within the 2 s that a source has. */
    private static final Duration LONGEST_TIMEOUT = Duration.ofMillis(1800);

    private static final Duration LONGEST_OFFSET = Duration.ofMinutes(10);
    private static final Pattern PARAMETER = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*(\\[\\])?");
    private static final Set<String> ASKED_HERE = Set.of("query", "time", "start", "end", "step", "timeout");

    private final YamlMapping details;
    private boolean faulty;

    ConnectionReader(YamlMapping details) {
        this.details = details;
    }

    /** Everything there is; empty after a fault. */
    Optional<PrometheusProperties> read(String source) {
        Optional<URI> url = url();
        Access access = new AccessReader(details, this::fault)
                .readWithTenant(url.map(address -> address.getScheme().equals("https")));
        Map<String, String> parameters = parameters();
        PrometheusProperties.Limits limits = limits();
        details.rejectUnknown();
        return url.filter(read -> !faulty)
                .map(read -> new PrometheusProperties(source, read, access, parameters, limits));
    }

    private Optional<URI> url() {
        details.describe("url", "", HttpAddress.LEGAL);
        String url = details.text("url");
        if (url.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(HttpAddress.parse(url, false));
        } catch (IllegalArgumentException e) {
            fault(
                    details,
                    "url",
                    details.path("url") + " is '" + HttpAddress.shown(url) + "': " + e.getMessage() + "; legal: "
                            + HttpAddress.LEGAL);
            return Optional.empty();
        }
    }

    private Map<String, String> parameters() {
        Map<String, String> parameters = details.textMap("parameters");
        for (String name : parameters.keySet()) {
            YamlMapping where = details.optionalMapping("parameters");
            if (ASKED_HERE.contains(name)) {
                fault(
                        where,
                        name,
                        where.path(name) + " is given, but it is set for each query; legal: other parameters,"
                                + " such as dedup");
            } else if (!PARAMETER.matcher(name).matches()) {
                fault(where, name, where.path(name) + " is given; legal: the name of a parameter, such as dedup");
            }
        }
        return parameters;
    }

    private PrometheusProperties.Limits limits() {
        PrometheusProperties.Limits usual = PrometheusProperties.Limits.USUAL;
        return new PrometheusProperties.Limits(
                details.wholeNumber("maxSeries", usual.maxSeries(), 1, MOST_SERIES),
                details.duration("timeout", usual.timeout(), SHORTEST_TIMEOUT, LONGEST_TIMEOUT),
                details.duration("queryOffset", usual.queryOffset(), usual.queryOffset(), LONGEST_OFFSET));
    }

    private void fault(YamlMapping where, String key, String message) {
        faulty = true;
        where.fault(key, message);
    }
}
