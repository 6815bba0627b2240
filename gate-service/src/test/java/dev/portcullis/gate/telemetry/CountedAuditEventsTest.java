package dev.portcullis.gate.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.kit.transparency.KeyKind;
import dev.portcullis.kit.transparency.SignerKey;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CountedAuditEventsTest {
    private static final String WITNESS = "witness.example/w1";

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private double cosignatures(String outcome) {
        return meters.get("portcullis.gate.audit.cosignatures")
                .tags("witness", WITNESS, "outcome", outcome)
                .counter()
                .count();
    }

    @Test
    void theCosignaturesOfEachWitnessAreCountedFromNone() {
        var key = SignerKey.generate(WITNESS, KeyKind.WITNESS, new SecureRandom());
        var events = new CountedAuditEvents(meters, List.of(key.verifier()));
        assertEquals(0, cosignatures("COSIGNED"));
        assertEquals(0, cosignatures("FAILED"));
        events.cosigned(WITNESS);
        events.notCosigned(WITNESS);
        events.notCosigned(WITNESS);
        assertEquals(1, cosignatures("COSIGNED"));
        assertEquals(2, cosignatures("FAILED"));
    }
}
