package dev.portcullis.kit.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.lifecycle.StartupException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a service may listen. */
final class ListenAddressTest {
    private static String refusal(String host, String terminatedBy, boolean known) {
        return assertThrows(StartupException.class, () -> ListenAddress.of(host, false, terminatedBy, known))
                .getMessage();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.9", "::1", "localhost"})
    void thisMachineAlwaysMay(String host) {
        assertTrue(ListenAddress.of(host, false, "", false).isLoopback());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
    void othersMayOnlyWithIdentityAndByTls(String host) {
        assertEquals(
                "PORTCULLIS_HOST: '" + host + "' is reachable from outside, and no document of kind Access says who may"
                        + " call; write one (docs/identity.md), or use 127.0.0.1",
                refusal(host, "ingress", false));
        assertTrue(refusal(host, " ", true).contains("PORTCULLIS_TLS_TERMINATED_BY"));
        assertFalse(ListenAddress.of(host, false, "ingress", true).isLoopback());
        assertTrue(refusal(host, " ", true).contains("PORTCULLIS_TLS_CERTIFICATE_FILE"));
        assertFalse(ListenAddress.of(host, true, "", true).isLoopback());
        assertThrows(StartupException.class, () -> ListenAddress.of(host, true, "ingress", false));
    }

    @Test
    void whatIsNoAddressIsTold() {
        assertEquals("PORTCULLIS_HOST: '300.1.1.1' is no address", refusal("300.1.1.1", "ingress", true));
    }
}
