package dev.portcullis.launcher.command;

import dev.portcullis.kit.lifecycle.StartupException;
import dev.portcullis.kit.tls.TlsFiles;
import dev.portcullis.kit.tls.TlsFilesException;
import dev.portcullis.kit.tls.TlsSettings;
import dev.portcullis.launcher.peer.PeerAddress;
import dev.portcullis.launcher.peer.PeerTls;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Where a running service is asked, and whose certificates are trusted for it. The variables of the services count too, so that nothing needs to be said where they run. */
final class AuthoritiesOption {
    private static final int LARGEST_PORT = 65_535;
    private static final String TLS = "https://";
    private static final String NO_TLS = "http://";

    @Option(
            names = "--ca-file",
            paramLabel = "FILE",
            description = "Authorities that sign the certificates of services with TLS, in PEM (PORTCULLIS_TLS_CA_FILE;"
                    + " those that Java trusts without both).")
    private @Nullable Path file;

    /**
     * The address that an option names; on this machine, at the port of a variable, when it is not given.
     *
     * @throws ParameterException when it is none
     */
    PeerAddress address(CommandLine command, String option, @Nullable String named, String variable, String port) {
        var given = named == null ? "127.0.0.1:" + Variables.orElse(variable, port) : named;
        var target = given.startsWith(TLS)
                ? given.substring(TLS.length())
                : given.startsWith(NO_TLS) ? given.substring(NO_TLS.length()) : given;
        var parts = target.split(":", -1);
        if (parts.length != 2 || parts[0].isBlank() || !isPort(parts[1])) {
            throw new ParameterException(
                    command,
                    (named == null ? variable + " gives" : option + " is") + " '" + given
                            + "'; legal: HOST:PORT with a port from 1 to " + LARGEST_PORT
                            + ", behind https:// for a service with TLS");
        }
        return given.startsWith(NO_TLS)
                ? PeerAddress.plain(target)
                : new PeerAddress(target, tls(command, given.startsWith(TLS), named == null));
    }

    private static boolean isPort(String text) {
        return text.matches("[0-9]{1,5}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= LARGEST_PORT;
    }

    private Optional<PeerTls> tls(CommandLine command, boolean said, boolean here) {
        try {
            var settings = TlsSettings.of(System.getenv());
            var authorities = Optional.ofNullable(file).or(settings::authorities);
            if (!said && authorities.isEmpty() && (!here || settings.server().isEmpty())) {
                return Optional.empty();
            }
            return Optional.of(new PeerTls(
                    new TlsFiles(authorities, settings.client()), here ? settings.nameHere() : settings.peerName()));
        } catch (StartupException | TlsFilesException e) {
            throw new ParameterException(command, String.valueOf(e.getMessage()), e);
        }
    }
}
