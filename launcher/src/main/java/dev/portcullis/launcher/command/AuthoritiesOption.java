package dev.portcullis.launcher.command;

import dev.portcullis.kit.lifecycle.StartupException;
import dev.portcullis.kit.tls.TlsFiles;
import dev.portcullis.kit.tls.TlsFilesException;
import dev.portcullis.kit.tls.TlsSettings;
import dev.portcullis.launcher.peer.PeerAddress;
import dev.portcullis.launcher.peer.PeerTls;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
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
     * The address that an option names; when it is not given, that where the other services ask it, or its port on this machine.
     *
     * @param service "gate" or "rollback"
     * @param port where it listens if no variable says otherwise
     * @throws ParameterException when it is none
     */
    PeerAddress address(CommandLine command, String option, @Nullable String named, String service, String port) {
        return address(command, option, named, service, port, System.getenv());
    }

    /** The same with other variables than those of this process. */
    PeerAddress address(
            CommandLine command,
            String option,
            @Nullable String named,
            String service,
            String port,
            Map<String, String> variables) {
        var prefix = "PORTCULLIS_" + service.toUpperCase(Locale.ROOT);
        var elsewhere = variables.getOrDefault(prefix + "_ADDRESS", "").strip();
        var here = named == null && elsewhere.isEmpty();
        var given = named != null
                ? named
                : here ? "127.0.0.1:" + Variables.orElse(variables, prefix + "_GRPC_PORT", port) : elsewhere;
        var target = given.startsWith(TLS)
                ? given.substring(TLS.length())
                : given.startsWith(NO_TLS) ? given.substring(NO_TLS.length()) : given;
        var parts = target.split(":", -1);
        if (parts.length != 2 || parts[0].isBlank() || !isPort(parts[1])) {
            var said = named != null ? option + " is" : prefix + (here ? "_GRPC_PORT" : "_ADDRESS") + " gives";
            throw new ParameterException(
                    command,
                    said + " '" + given + "'; legal: HOST:PORT with a port from 1 to " + LARGEST_PORT
                            + ", behind https:// for a service with TLS");
        }
        return given.startsWith(NO_TLS)
                ? PeerAddress.plain(target)
                : new PeerAddress(target, tls(command, given.startsWith(TLS), named == null, here, variables));
    }

    private static boolean isPort(String text) {
        return text.matches("[0-9]{1,5}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= LARGEST_PORT;
    }

    /**
     * How it is known.
     *
     * @param said whether its address says that it speaks TLS
     * @param meant whether it is the one that the variables are about
     * @param here whether it is on this machine
     */
    private Optional<PeerTls> tls(
            CommandLine command, boolean said, boolean meant, boolean here, Map<String, String> variables) {
        try {
            var settings = TlsSettings.of(variables);
            var authorities = Optional.ofNullable(file).or(settings::authorities);
            if (!said && authorities.isEmpty() && (!meant || settings.server().isEmpty())) {
                return Optional.empty();
            }
            return Optional.of(new PeerTls(
                    new TlsFiles(authorities, settings.client()), here ? settings.nameHere() : settings.peerName()));
        } catch (StartupException | TlsFilesException e) {
            throw new ParameterException(command, String.valueOf(e.getMessage()), e);
        }
    }
}
