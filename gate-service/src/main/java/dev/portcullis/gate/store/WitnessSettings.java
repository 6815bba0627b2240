package dev.portcullis.gate.store;

import dev.portcullis.kit.lifecycle.StartupException;
import dev.portcullis.kit.text.FileText;
import dev.portcullis.kit.tls.TlsFiles;
import dev.portcullis.kit.tls.TlsFilesException;
import dev.portcullis.kit.transparency.KeyKind;
import dev.portcullis.kit.transparency.LogFormatException;
import dev.portcullis.kit.transparency.VerifierKey;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The witnesses of the audit log, from a file. */
public final class WitnessSettings {
    private static final String FILE = "PORTCULLIS_AUDIT_WITNESSES";
    private static final String HTTPS = "https";
    private static final String FORM = "ADDRESS VKEY [CA_FILE]";
    private static final Set<String> SCHEMES = Set.of("http", HTTPS);

    private WitnessSettings() {}

    /**
     * A witness.
     *
     * @param address below which add-checkpoint is
     * @param authorities PEM file of the certificate authorities that may have signed its certificate; empty for those that Java trusts
     */
    public record KnownWitness(URI address, VerifierKey key, Optional<Path> authorities) {}

    /**
     * Reads them.
     *
     * @param file with a line {@code ADDRESS VKEY [CA_FILE]} for each; empty when there are none
     * @throws StartupException when a file is named and cannot be used
     */
    public static List<KnownWitness> read(String file) {
        if (file.isBlank()) {
            return List.of();
        }
        try {
            var known = FileText.read(Path.of(file), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(line -> witness(file, line))
                    .toList();
            if (known.isEmpty()) {
                throw new StartupException(
                        FILE + ": file " + file + " names no witness; write a line " + FORM + " for each");
            }
            return known;
        } catch (IOException e) {
            throw new StartupException(FILE + ": file " + file + " cannot be read: " + FileText.fault(e), e);
        }
    }

    private static KnownWitness witness(String file, String line) {
        var parts = line.split("\\s+");
        if (parts.length < 2 || parts.length > 3) {
            throw new StartupException(FILE + ": file " + file + " has the line '" + line + "'; legal: " + FORM);
        }
        try {
            var address = new URI(parts[0]);
            if (!SCHEMES.contains(String.valueOf(address.getScheme()))
                    || address.getHost() == null
                    || address.getUserInfo() != null
                    || address.getQuery() != null
                    || address.getFragment() != null) {
                throw new URISyntaxException(parts[0], "no address of a witness");
            }
            var authorities =
                    parts.length == 3 ? Optional.of(authorities(file, address, parts[2])) : Optional.<Path>empty();
            return new KnownWitness(address, VerifierKey.parse(parts[1], KeyKind.WITNESS), authorities);
        } catch (URISyntaxException e) {
            // Not shown: it may have a password in it.
            throw new StartupException(
                    FILE + ": file " + file
                            + " has an address that is not legal; legal: an http or https address without user, query and fragment",
                    e);
        } catch (LogFormatException e) {
            throw new StartupException(FILE + ": file " + file + ": " + parts[1] + " " + e.getMessage(), e);
        }
    }

    /** Read once here, so that a wrong one is told at the start; it may be renewed after that. */
    private static Path authorities(String file, URI address, String text) {
        if (!HTTPS.equals(address.getScheme())) {
            throw new StartupException(FILE + ": file " + file + " names " + text
                    + " for an address without TLS; legal: with https alone");
        }
        try {
            var path = Path.of(text);
            if (!path.isAbsolute()) {
                throw new StartupException(
                        FILE + ": file " + file + " names the CA file " + text + "; legal: an absolute path");
            }
            new TlsFiles(Optional.of(path), Optional.empty()).open();
            return path;
        } catch (InvalidPathException | TlsFilesException e) {
            throw new StartupException(FILE + ": file " + file + ": " + e.getMessage(), e);
        }
    }
}
