package dev.portcullis.rollback.cluster;

import java.util.Map;

/**
 * A request as a {@link KubeServer} received it.
 *
 * @param path without query
 * @param query empty for none
 * @param headers by name in lower case
 */
public record KubeRequest(String method, String path, String query, Map<String, String> headers, String body) {
    /** Whether it wants to change something. */
    public boolean isMutating() {
        return !method.equals("GET");
    }
}
