package dev.portcullis.analysis.source.datadog;

import dev.portcullis.analysis.source.SecretPlace;
import java.net.URI;

/**
 * Where Datadog is and how it is asked.
 *
 * @param source name of the source
 * @param url base address of the API of the site
 * @param apiKey where the API key is
 * @param applicationKey where the application key is
 * @param podTag key of the tag that names the pod
 */
record DatadogProperties(String source, URI url, SecretPlace apiKey, SecretPlace applicationKey, String podTag) {
    static final String USUAL_URL = "https://api.datadoghq.com";
    static final String USUAL_POD_TAG = "pod_name";

    private static final String QUERY_PATH = "/api/v1/query";

    /** Where queries go. */
    String queryAddress() {
        return url.toString().replaceAll("/+$", "") + QUERY_PATH;
    }
}
