package dev.portcullis.kit.tls;

import dev.portcullis.kit.lifecycle.StartupException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Which files TLS of a service is made of.
 *
 * @param server what its ports show; empty: they speak no TLS
 * @param clientAuthorities who signs the certificates that callers may show; empty: none are asked for
 * @param authorities who signs those of the other services; empty: those that the Java runtime trusts
 * @param client what it shows the other services; empty: nothing
 * @param peerName the name that certificates of the other services have, where it is not their address
 */
public record TlsSettings(
        Optional<TlsFiles.Identity> server,
        Optional<Path> clientAuthorities,
        Optional<Path> authorities,
        Optional<TlsFiles.Identity> client,
        Optional<String> peerName) {
    /** No TLS at all. */
    public static final TlsSettings NONE =
            new TlsSettings(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** @throws StartupException when they contradict each other */
    public TlsSettings {
        if (clientAuthorities.isPresent() && server.isEmpty()) {
            throw new StartupException("PORTCULLIS_TLS_CLIENT_CA_FILE is set, but the ports speak no TLS; set"
                    + " PORTCULLIS_TLS_CERTIFICATE_FILE and PORTCULLIS_TLS_KEY_FILE too (docs/tls.md)");
        }
    }

    /** Whether the other services are asked with TLS: they have the same settings. */
    public boolean isToPeers() {
        return server.isPresent() || authorities.isPresent();
    }

    /**
     * Those of some environment variables; a missing and a blank one are the same.
     *
     * @throws StartupException when one is no path, or lacks another
     */
    public static TlsSettings of(Map<String, String> variables) {
        return new TlsSettings(
                identity(variables, "PORTCULLIS_TLS"),
                path(variables, "PORTCULLIS_TLS_CLIENT_CA_FILE"),
                path(variables, "PORTCULLIS_TLS_CA_FILE"),
                identity(variables, "PORTCULLIS_TLS_CLIENT"),
                Optional.of(variables
                                .getOrDefault("PORTCULLIS_TLS_PEER_NAME", "")
                                .strip())
                        .filter(name -> !name.isEmpty()));
    }

    private static Optional<TlsFiles.Identity> identity(Map<String, String> variables, String prefix) {
        var first = prefix + "_CERTIFICATE_FILE";
        var second = prefix + "_KEY_FILE";
        var certificate = path(variables, first);
        var key = path(variables, second);
        if (certificate.isPresent() != key.isPresent()) {
            throw new StartupException((key.isEmpty() ? first : second) + " is set and "
                    + (key.isEmpty() ? second : first) + " is not; a certificate needs its key: set both or neither");
        }
        return certificate.flatMap(file -> key.map(other -> new TlsFiles.Identity(file, other)));
    }

    private static Optional<Path> path(Map<String, String> variables, String name) {
        var text = variables.getOrDefault(name, "").strip();
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            throw new StartupException(name + ": '" + text + "' is no path", e);
        }
    }

    /** What is checked and shown when a service is asked. */
    public TlsFiles toPeers() {
        return new TlsFiles(authorities, client);
    }

    /**
     * The name that a service on this machine has to prove: {@link #peerName}, or the first of the ports' own certificate, which is hardly for 127.0.0.1.
     *
     * @throws TlsFilesException when that cannot be read
     */
    public Optional<String> nameHere() throws TlsFilesException {
        if (peerName.isPresent() || server.isEmpty()) {
            return peerName;
        }
        var file = server.get().certificate();
        return CertificateName.of(PemFile.certificates(file, PemFile.read(file)).getFirst());
    }
}
