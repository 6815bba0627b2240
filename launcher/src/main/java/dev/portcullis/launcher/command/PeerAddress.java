package dev.portcullis.launcher.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Where a running service is asked. */
final class PeerAddress {
    private static final int LARGEST_PORT = 65_535;

    private PeerAddress() {}

    /**
     * The address that an option names; on this machine, at the port of a variable, when it is not given.
     *
     * @throws ParameterException when it is none
     */
    static String of(CommandLine command, String option, @Nullable String named, String variable, String port) {
        var address = named == null ? "127.0.0.1:" + Variables.orElse(variable, port) : named;
        var parts = address.split(":", -1);
        if (parts.length != 2 || parts[0].isBlank() || !isPort(parts[1])) {
            var source = named == null ? variable + " gives" : option + " is";
            throw new ParameterException(
                    command, source + " '" + address + "'; legal: HOST:PORT with a port from 1 to " + LARGEST_PORT);
        }
        return address;
    }

    private static boolean isPort(String text) {
        return text.matches("[0-9]{1,5}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= LARGEST_PORT;
    }
}
