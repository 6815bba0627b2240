package dev.portcullis.analysis.source.prometheus;

import dev.portcullis.analysis.source.HttpAddress;
import java.net.URI;

/**
 * Where a Prometheus is.
 *
 * @param source name of the source
 * @param url its base address; a path, as behind a proxy or of a tenant, is kept, a slash at its end makes no difference
 */
record PrometheusProperties(String source, URI url) {
    private static final String QUERY_PATH = "/api/v1/query";

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static PrometheusProperties of(String source, String url) {
        return new PrometheusProperties(source, HttpAddress.parse(url, false));
    }

    /** Where instant queries go. */
    URI queryAddress() {
        return URI.create(url.toString().replaceAll("/+$", "") + QUERY_PATH);
    }
}
