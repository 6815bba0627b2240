package dev.portcullis.launcher.command;

import dev.portcullis.launcher.peer.PeerAddress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The gate-service that a command talks to. */
final class GateOption {
    @Option(
            names = "--gate",
            paramLabel = "HOST:PORT",
            description =
                    "gRPC of gate-service (PORTCULLIS_GATE_ADDRESS, or 127.0.0.1 and PORTCULLIS_GATE_GRPC_PORT, 9102);"
                            + " https://HOST:PORT with TLS.")
    private @Nullable String gate;

    @Mixin
    private AuthoritiesOption authorities = new AuthoritiesOption();

    /** @throws CommandLine.ParameterException when it is no address */
    PeerAddress address(CommandLine command) {
        return authorities.address(command, "--gate", gate, "gate", "9102");
    }

    /** That of another service, which the command talks to beside it. */
    AuthoritiesOption authorities() {
        return authorities;
    }
}
