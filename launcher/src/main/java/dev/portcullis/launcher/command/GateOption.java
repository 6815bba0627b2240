package dev.portcullis.launcher.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The gate-service that a command talks to. */
final class GateOption {
    @Option(
            names = "--gate",
            paramLabel = "HOST:PORT",
            description = "gRPC of gate-service (127.0.0.1 and PORTCULLIS_GATE_GRPC_PORT, 9102).")
    private @Nullable String gate;

    /** @throws CommandLine.ParameterException when it is no address */
    String address(CommandLine command) {
        return PeerAddress.of(command, "--gate", gate, "PORTCULLIS_GATE_GRPC_PORT", "9102");
    }
}
