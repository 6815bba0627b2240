package dev.portcullis.analysis.source.prometheus;

import dev.portcullis.analysis.source.HttpAddress;
import java.net.URI;

/**
 * Where a Prometheus is and how it is asked.
 *
 * @param source name of the source
 * @param url its base address; a path, as behind a proxy or of a tenant, is kept, a slash at its end makes no difference
 * @param maxSeries an answer with more series than this is refused
 */
record PrometheusProperties(String source, URI url, int maxSeries) {
    static final int USUAL_MAX_SERIES = 50_000;

    /**
     * Reads an address; everything else as usual.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static PrometheusProperties of(String source, String url) {
        return new PrometheusProperties(source, HttpAddress.parse(url, false), USUAL_MAX_SERIES);
    }

    /** Where a path of the API is. */
    URI address(String path) {
        return URI.create(url.toString().replaceAll("/+$", "") + path);
    }
}
