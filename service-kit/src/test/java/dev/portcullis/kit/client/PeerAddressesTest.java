package dev.portcullis.kit.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.portcullis.kit.lifecycle.StartupException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which texts say where another service is. */
final class PeerAddressesTest {
    @ParameterizedTest
    @ValueSource(strings = {"analysis.portcullis.svc:9101", "analysis:9101", "10.0.0.7:443", "[::1]:9101"})
    void aHostWithAPortIsAnAddress(String address) {
        assertEquals(address, PeerAddresses.address("analysis", address, "1"));
        assertEquals(address, PeerAddresses.address("analysis", ' ' + address + ' ', "1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "analysis",
                "analysis:",
                ":9101",
                "analysis:port",
                "analysis:65536",
                "analysis:99999999999",
                "analysis:-1",
                "analysis:09101",
                "https://analysis:9101",
                "analysis:9101/",
                "ann@analysis:9101",
                "analysis:9101,other:9101",
                "ana lysis:9101",
                "::1:9101"
            })
    void anythingElseIsNoneAndItsVariableIsNamed(String address) {
        var e = assertThrows(StartupException.class, () -> PeerAddresses.address("analysis", address, "9101"));
        assertEquals(
                "PORTCULLIS_ANALYSIS_ADDRESS: is '" + address + "'; legal: HOST:PORT without a scheme, as"
                        + " analysis.example:9101, with a port up to 65535",
                e.getMessage());
    }

    @Test
    void withoutOneItIsOnThisMachineAtItsPort() {
        assertEquals("127.0.0.1:9103", PeerAddresses.address("rollback", "", "9103"));
        assertEquals("127.0.0.1:9103", PeerAddresses.address("rollback", " ", " 9103"));
        var e = assertThrows(StartupException.class, () -> PeerAddresses.address("rollback", "", "http"));
        assertEquals("PORTCULLIS_ROLLBACK_GRPC_PORT: is 'http'; legal: a port up to 65535", e.getMessage());
    }
}
