package dev.portcullis.gate.console.overview;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.audit.VerifiedLog;
import dev.portcullis.kit.transparency.LogFault;
import dev.portcullis.kit.transparency.LogVerification;
import dev.portcullis.kit.transparency.SignedNote;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LogStateTest {
    private static final Instant NOW = Instant.parse("2026-12-01T10:30:00Z");
    private static final SignedNote NOTE = SignedNote.parse(
            "shop.example/audit\n12403\nn5yKiJ0sBLzxsMUrFmJxpJ7vDfRSMXH7sOgiZ0tdHsw=\n\n\u2014 shop.example/audit AAAAAAAA\n");

    private static LogState of(LogVerification found) {
        return LogState.of(Optional.of(new VerifiedLog(NOW.minusSeconds(180), found)), Optional.of(NOTE), NOW);
    }

    @Test
    void itSaysUpToWhereTheLogIsAsItWasWritten() {
        var state = of(new LogVerification(12_403, 12_403, List.of()));
        assertEquals(
                "Verified up to entry 12,402 at 2026-12-01 10:27:00 UTC (3 min ago): every entry is as it was written.",
                state.sentence());
        assertEquals("Signed up to entry 12,402.", state.signed());
        assertEquals("tone-good", state.style());
    }

    @Test
    void damageIsSaidFirst() {
        var state = of(new LogVerification(
                12_403, 12_403, List.of(new LogFault(LogFault.Kind.values()[0], "entry 7 is not as it was"))));
        assertTrue(state.sentence().startsWith("Damage was found at 2026-12-01 10:27:00 UTC"), state.sentence());
        assertEquals(List.of("entry 7 is not as it was"), state.faults());
        assertEquals("tone-bad", state.style());
    }

    @Test
    void whatIsNotKnownIsSaidToo() {
        var state = LogState.of(Optional.empty(), Optional.empty(), NOW);
        assertEquals("Not verified yet since this gate was started.", state.sentence());
        assertTrue(state.signed().startsWith("Not signed"), state.signed());
        assertEquals("", state.checkpoint());
        assertEquals(
                "Verified at 2026-12-01 10:30:00 UTC (0 s ago): no entry has a place yet.",
                LogState.of(
                                Optional.of(new VerifiedLog(NOW, new LogVerification(0, 0, List.of()))),
                                Optional.empty(),
                                NOW)
                        .sentence());
    }
}
