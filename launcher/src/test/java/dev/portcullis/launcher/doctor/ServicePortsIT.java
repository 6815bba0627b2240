package dev.portcullis.launcher.doctor;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.portcullis.kit.lifecycle.StartupException;
import dev.portcullis.launcher.TestPortcullis;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServicePortsIT {
    private static ServerSocket listening() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @Test
    void aUsualPortThatIsTakenIsReplacedByAnyAndANamedOneIsNot() throws IOException {
        Map<String, String> named = TestPortcullis.freePorts();
        assertEquals(Map.of(), ServicePorts.inPlaceOfTaken(named));
        try (var taken = listening()) {
            named.put("PORTCULLIS_GATE_GRPC_PORT", String.valueOf(taken.getLocalPort()));
            assertThrows(StartupException.class, () -> ServicePorts.inPlaceOfTaken(named));
        }
        named.remove("PORTCULLIS_GATE_GRPC_PORT");
        try (var usual = occupied(9102)) {
            assertEquals(Map.of("gate.grpc.port", 0), ServicePorts.inPlaceOfTaken(named));
        }
    }

    /** Somebody else may have it already, which is as good. */
    private static AutoCloseableSocket occupied(int port) throws IOException {
        try {
            var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
            return socket::close;
        } catch (BindException e) {
            return () -> {};
        }
    }

    private interface AutoCloseableSocket extends AutoCloseable {
        @Override
        void close() throws IOException;
    }

    @Test
    void everyPortThatIsTakenIsNamedWithItsVariable() throws IOException {
        try (var one = listening();
                var other = listening()) {
            Map<String, String> variables = TestPortcullis.freePorts();
            assertDoesNotThrow(() -> ServicePorts.requireFree(variables));
            variables.put("PORTCULLIS_ANALYSIS_GRPC_PORT", String.valueOf(one.getLocalPort()));
            variables.put("PORTCULLIS_GATE_HTTP_PORT", String.valueOf(other.getLocalPort()));
            var refusal = assertThrows(StartupException.class, () -> ServicePorts.requireFree(variables));
            assertEquals(
                    "nothing was started: port " + one.getLocalPort()
                            + " (PORTCULLIS_ANALYSIS_GRPC_PORT) is taken, port "
                            + other.getLocalPort()
                            + " (PORTCULLIS_GATE_HTTP_PORT) is taken; end what listens there (another"
                            + " Portcullis?), or set the variable to a free port",
                    refusal.getMessage());
        }
    }
}
