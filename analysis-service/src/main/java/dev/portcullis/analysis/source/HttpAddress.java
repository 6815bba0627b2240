package dev.portcullis.analysis.source;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/** Addresses of metric endpoints, checked before the first exchange. */
public final class HttpAddress {
    /** What is legal, for messages. */
    public static final String LEGAL =
            "an address such as http://prometheus:9090/path, without user, query and fragment";

    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final int LARGEST_PORT = 65535;

    private HttpAddress() {}

    /** The text of an address for messages: without a user and password, which it should not have. */
    public static String shown(String text) {
        return text.replaceAll("//[^/]*@", "//***@");
    }

    /** Host and port of an address, without a user and password. */
    static String authority(URI uri) {
        return uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    }

    /**
     * An absolute http or https address. The query is only legal where {@code mayHaveQuery}.
     *
     * @throws IllegalArgumentException saying what is wrong with the text
     */
    public static URI parse(String text, boolean mayHaveQuery) {
        URI uri;
        try {
            uri = new URI(text).parseServerAuthority();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e.getReason() + " at column " + (e.getIndex() + 1), e);
        }
        if (uri.getScheme() == null || !SCHEMES.contains(uri.getScheme())) {
            throw new IllegalArgumentException("it does not begin with http:// or https://");
        }
        if (uri.getHost() == null) {
            throw new IllegalArgumentException("it names no host");
        }
        if (uri.getPort() == 0 || uri.getPort() > LARGEST_PORT) {
            throw new IllegalArgumentException("port " + uri.getPort() + " is not in 1 to " + LARGEST_PORT);
        }
        if (uri.getUserInfo() != null) {
            throw new IllegalArgumentException("it holds a user or password");
        }
        if (uri.getFragment() != null || (uri.getQuery() != null && !mayHaveQuery)) {
            throw new IllegalArgumentException("it has a query or fragment");
        }
        return uri;
    }
}
