package dev.portcullis.kit.audit.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.portcullis.kit.audit.AuditAction;
import dev.portcullis.kit.audit.AuditEntry;
import dev.portcullis.kit.identity.CallRefusedException;
import dev.portcullis.kit.identity.Caller;
import dev.portcullis.kit.identity.Credentials;
import dev.portcullis.kit.identity.Requirement;
import dev.portcullis.kit.rpc.RequestSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RefusedCallEntriesTest {
    private final List<AuditEntry> written = new ArrayList<>();
    private Instant now = Instant.parse("2027-01-01T00:00:00Z");
    private boolean broken;
    private final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    };
    private final RefusedCallEntries entries = new RefusedCallEntries(
            entry -> {
                if (broken) {
                    throw new IllegalStateException("the database is away");
                }
                written.add(entry);
            },
            clock);

    private static CallRefusedException missing() {
        return assertThrows(CallRefusedException.class, () -> Credentials.of(List.of()));
    }

    private static CallRefusedException withoutRole(String name) {
        var caller = new Caller(Caller.Kind.TOKEN, Caller.PORTCULLIS, name, name, List.of());
        return assertThrows(CallRefusedException.class, () -> Requirement.NEVER.check(caller));
    }

    private void from(String address, CallRefusedException refusal) {
        new RequestSource("HTTP GET /v1/argo", address, "curl", "").context().run(() -> entries.accept(refusal));
    }

    private List<Long> counts() {
        return written.stream()
                .map(entry -> (Map<?, ?>) entry.more().get("refused"))
                .map(refused -> (Long) refused.get("calls"))
                .toList();
    }

    @Test
    void theFirstIsAnEntryAtOnceAndThoseOfTheNextMinuteAreOneMore() {
        from("10.0.0.1", missing());
        entries.write();
        assertEquals(List.of(1L), counts());
        assertEquals(AuditAction.REFUSE_CALLS, written.getFirst().action());
        assertEquals(AuditEntry.Outcome.DENIED, written.getFirst().outcome());
        assertEquals("unknown", written.getFirst().actor().name());
        for (var i = 0; i < 1_000; i++) {
            from("10.0.0.1", missing());
            now = now.plus(Duration.ofMillis(50));
            entries.write();
        }
        assertEquals(List.of(1L), counts());
        now = now.plus(Duration.ofSeconds(10));
        entries.write();
        assertEquals(List.of(1L, 1_000L), counts());
        now = now.plus(Duration.ofHours(1));
        from("10.0.0.1", missing());
        entries.write();
        assertEquals(List.of(1L, 1_000L, 1L), counts());
    }

    @Test
    void callersAddressesAndReasonsAreToldApart() {
        from("10.0.0.1", missing());
        from("10.0.0.2", missing());
        from("10.0.0.2", withoutRole("alice"));
        from("10.0.0.2", withoutRole("bob"));
        from("10.0.0.2", withoutRole("bob"));
        entries.write();
        assertEquals(
                List.of("alice", "bob", "unknown", "unknown"),
                written.stream().map(entry -> entry.actor().name()).sorted().toList());
        assertEquals(5, counts().stream().mapToLong(Long::longValue).sum());
    }

    @Test
    void aFloodFromManyAddressesHasAFewEntriesAndNoneIsUncounted() {
        for (var i = 0; i < 100_000; i++) {
            from("10." + i / 65_536 + "." + i / 256 % 256 + "." + i % 256, missing());
            if (i % 1_000 == 0) {
                entries.write();
            }
        }
        entries.writeAll();
        assertEquals(100_000, counts().stream().mapToLong(Long::longValue).sum());
        assertEquals(true, written.size() <= RefusedCallEntries.MOST_KINDS + 2, () -> written.size() + " entries");
    }

    @Test
    void whatCannotBeWrittenWaits() {
        broken = true;
        from("10.0.0.1", missing());
        assertThrows(IllegalStateException.class, entries::write);
        from("10.0.0.1", missing());
        assertThrows(IllegalStateException.class, entries::write);
        broken = false;
        entries.write();
        assertEquals(List.of(2L), counts());
        assertEquals("2027-01-01T00:00:00Z", written.getFirst().time().toString());
    }
}
