package dev.portcullis.analysis.source.scrape;

import dev.portcullis.analysis.source.HttpAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/**
 * One page of metrics.
 *
 * @param url where it is
 * @param labels what every series of it gets, among them {@code instance}
 */
record Target(URI url, Map<String, String> labels) {
    private static final String INSTANCE = "instance";
    private static final String SCHEME = "__scheme__";
    private static final String PATH = "__metrics_path__";
    private static final String INTERNAL = "__";
    private static final String USUAL_PATH = "/metrics";
    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;

    Target {
        labels = Map.copyOf(labels);
    }

    /**
     * A page by its address; without a path it is {@code /metrics}.
     *
     * @throws IllegalArgumentException when it is not an http address
     */
    static Target of(String address) {
        URI url = HttpAddress.parse(address, true);
        boolean bare = url.getRawPath().isEmpty() && url.getRawQuery() == null;
        return new Target(bare ? URI.create(address + USUAL_PATH) : url, Map.of(INSTANCE, instance(url)));
    }

    /**
     * A page as service discovery names it. The labels {@code __scheme__} and {@code __metrics_path__} tell where it is; other labels
     * that begin with two underscores are internal to the discovery and dropped; a label {@code instance} of its own wins.
     *
     * @throws IllegalArgumentException when that makes no http address
     */
    static Target discovered(String hostAndPort, Map<String, String> labels) {
        String path = labels.getOrDefault(PATH, USUAL_PATH);
        String slash = path.startsWith("/") ? "" : "/";
        URI url = HttpAddress.parse(labels.getOrDefault(SCHEME, "http") + "://" + hostAndPort + slash + path, true);
        Map<String, String> kept = new HashMap<>(labels);
        kept.keySet().removeIf(label -> label.startsWith(INTERNAL));
        kept.values().removeIf(String::isEmpty);
        kept.putIfAbsent(INSTANCE, hostAndPort);
        return new Target(url, kept);
    }

    /** What names it in messages. */
    String instance() {
        return labels.getOrDefault(INSTANCE, url.getAuthority());
    }

    private static String instance(URI url) {
        if (url.getPort() > 0) {
            return url.getAuthority();
        }
        return url.getHost() + ":" + (url.getScheme().equals("https") ? HTTPS_PORT : HTTP_PORT);
    }
}
