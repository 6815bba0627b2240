package dev.portcullis.analysis.source;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.Set;

/**
 * Where an answer says that something else is to be asked. It is followed on the same host and port only: anywhere else, credentials would go to whom nobody has named.
 *
 * @param status of the answer
 * @param from what was asked
 * @param to an absolute address, or what stood in its place
 */
record Redirect(int status, URI from, URI to) {
    private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);

    /** The redirect that an answer is; empty for any other. */
    static Optional<Redirect> of(HttpResponse<?> response) {
        if (!STATUSES.contains(response.statusCode())) {
            return Optional.empty();
        }
        try {
            return response.headers()
                    .firstValue("Location")
                    .map(location -> new Redirect(
                            response.statusCode(),
                            response.uri(),
                            response.uri().resolve(location)));
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }

    /** Whether it leads to the host and port that were asked. */
    boolean staysThere() {
        return String.valueOf(from.getScheme()).equals(to.getScheme())
                && String.valueOf(from.getHost()).equalsIgnoreCase(to.getHost())
                && port(from) == port(to);
    }

    private static int port(URI address) {
        if (address.getPort() >= 0) {
            return address.getPort();
        }
        return "https".equals(address.getScheme()) ? 443 : 80;
    }

    /** What it is, in words, without the query of the address, which may hold a secret. */
    String told() {
        String path = to.getRawPath() == null ? "" : to.getRawPath();
        String address = to.getScheme() + "://" + HttpAddress.authority(to) + path;
        String line = address.replaceAll("[\\s\\p{Cntrl}]+", " ");
        return "status " + status + ", a redirect to " + (line.length() <= 200 ? line : line.substring(0, 200) + "...")
                + (staysThere()
                        ? ", which leads in a circle"
                        : ", which is not followed to another host, port or scheme; if it is right, name that address in"
                                + " connectionDetails");
    }
}
