package dev.portcullis.analysis.source;

import dev.portcullis.kit.tls.TlsFiles;
import java.util.Map;
import java.util.Optional;

/**
 * What gets a request past whatever stands before a server. Its text has no values of headers.
 *
 * @param headers sent along as they are, among them the tenant's
 * @param credentials who asks
 * @param tls authorities and identity of a connection with TLS of its own
 */
public record Access(Map<String, String> headers, Optional<Credentials> credentials, Optional<TlsFiles> tls) {
    /** Nothing is sent along. */
    public static final Access OPEN = new Access(Map.of(), Optional.empty(), Optional.empty());

    /** Keeps its own copy. */
    public Access {
        headers = Map.copyOf(headers);
    }

    @Override
    public String toString() {
        return "Access[headers=" + headers.keySet() + ", credentials=" + credentials + ", tls=" + tls + "]";
    }
}
