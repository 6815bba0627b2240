package dev.portcullis.launcher.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.launcher.peer.PeerAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

final class AuthoritiesOptionTest {
    private static PeerAddress address(@Nullable String named, Map<String, String> variables) {
        return new AuthoritiesOption()
                .address(new CommandLine(CommandSpec.create()), "--gate", named, "gate", "9102", variables);
    }

    @Test
    void theOptionComesBeforeTheAddressOfTheServicesAndThatBeforeThePort() {
        assertEquals(PeerAddress.plain("127.0.0.1:9102"), address(null, Map.of("PORTCULLIS_GATE_ADDRESS", " ")));
        var port = Map.of("PORTCULLIS_GATE_GRPC_PORT", "7000");
        assertEquals(PeerAddress.plain("127.0.0.1:7000"), address(null, port));
        var both = Map.of("PORTCULLIS_GATE_GRPC_PORT", "7000", "PORTCULLIS_GATE_ADDRESS", "gate.example:9102");
        assertEquals(PeerAddress.plain("gate.example:9102"), address(null, both));
        assertEquals(PeerAddress.plain("other.example:1"), address("other.example:1", both));
    }

    @Test
    void whatIsNoAddressIsToldByTheNameOfTheVariable() {
        var refused = assertThrows(
                ParameterException.class, () -> address(null, Map.of("PORTCULLIS_GATE_ADDRESS", "gate.example")));
        assertTrue(
                String.valueOf(refused.getMessage())
                        .startsWith("PORTCULLIS_GATE_ADDRESS gives 'gate.example'; legal: "),
                refused.getMessage());
    }
}
