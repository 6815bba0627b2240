package dev.portcullis.launcher.peer;

import java.util.Optional;

/**
 * Where a running service is.
 *
 * @param target host:port
 * @param tls how it is known; empty: it speaks no TLS
 */
public record PeerAddress(String target, Optional<PeerTls> tls) {
    /** One without TLS. */
    public static PeerAddress plain(String target) {
        return new PeerAddress(target, Optional.empty());
    }

    /** As people write it. */
    @Override
    public String toString() {
        return (tls.isPresent() ? "https://" : "") + target;
    }
}
