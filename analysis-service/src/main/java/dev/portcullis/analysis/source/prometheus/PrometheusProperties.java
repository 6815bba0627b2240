package dev.portcullis.analysis.source.prometheus;

import dev.portcullis.analysis.source.Access;
import dev.portcullis.analysis.source.HttpAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * Where a Prometheus is and how it is asked.
 *
 * @param source name of the source
 * @param url its base address; a path, as behind a proxy or of a tenant, is kept, a slash at its end makes no difference
 * @param access what gets a request past whatever stands before it
 * @param parameters sent along with every query
 * @param limits of time and size
 */
record PrometheusProperties(String source, URI url, Access access, Map<String, String> parameters, Limits limits) {
    /**
     * Limits of time and size.
     *
     * @param maxSeries an answer with more series than this is refused
     * @param timeout for one reading
     * @param queryOffset how far back every query asks: by then everything has to be stored that was scraped until then
     */
    record Limits(int maxSeries, Duration timeout, Duration queryOffset) {
        static final Limits USUAL = new Limits(50_000, Duration.ofMillis(1500), Duration.ofSeconds(1));
    }

    PrometheusProperties {
        parameters = Map.copyOf(parameters);
    }

    /**
     * Reads an address; everything else as usual.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static PrometheusProperties of(String source, String url) {
        return new PrometheusProperties(source, HttpAddress.parse(url, false), Access.OPEN, Map.of(), Limits.USUAL);
    }

    /** The same server under another name, and so with a circuit breaker of its own. */
    PrometheusProperties apart(String purpose) {
        return new PrometheusProperties(source + "/" + purpose, url, access, parameters, limits);
    }

    /** Where a path of the API is. */
    URI address(String path) {
        return URI.create(url.toString().replaceAll("/+$", "") + path);
    }
}
