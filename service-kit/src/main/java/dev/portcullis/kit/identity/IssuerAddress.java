package dev.portcullis.kit.identity;

import java.net.URI;
import java.util.Set;

/** Addresses of issuers. */
final class IssuerAddress {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");

    private IssuerAddress() {}

    /** Whether nobody on the way can put his own keys in: https, or a way that does not leave this machine. */
    static boolean isLegal(URI uri) {
        return uri.getRawQuery() == null && isLegalWithQuery(uri);
    }

    /** The same for an address that may have a query, as those have that people and codes are sent to (RFC 6749, section 3). */
    static boolean isLegalWithQuery(URI uri) {
        if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            return false;
        }
        return "https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && LOOPBACK.contains(uri.getHost()));
    }
}
