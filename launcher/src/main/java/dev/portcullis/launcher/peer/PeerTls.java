package dev.portcullis.launcher.peer;

import dev.portcullis.kit.tls.TlsFiles;
import java.util.Optional;

/**
 * How a service with TLS is known.
 *
 * @param files whose authorities its certificate is checked against, and what is shown to it
 * @param name which the certificate has to be for; empty: the host of its address
 */
public record PeerTls(TlsFiles files, Optional<String> name) {}
