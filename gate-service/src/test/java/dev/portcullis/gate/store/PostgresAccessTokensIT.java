package dev.portcullis.gate.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.access.AccessToken;
import dev.portcullis.gate.access.TooManyTokensException;
import dev.portcullis.kit.identity.Role;
import dev.portcullis.kit.identity.TokenText;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Tokens as they are kept, and what the audit log is told of them. */
final class PostgresAccessTokensIT extends ReleaseStoreSetup {
    private final PostgresAccessTokens tokens = new PostgresAccessTokens(database.jdbi(), AUDIT);

    private static AccessToken token(String holder, Instant end) {
        return new AccessToken(
                UUID.randomUUID(),
                0,
                holder,
                TokenText.sha256(TokenText.random(new SecureRandom())),
                List.of(Role.OPERATOR, Role.APPROVER),
                List.of("checkout", "shop-*"),
                NOW,
                "ann",
                end,
                Optional.empty(),
                Optional.empty());
    }

    private static List<String> entries(AccessToken token) {
        return database.jdbi().withHandle(handle -> handle.createQuery(
                        "select action || ' ' || body from audit.entries where object = :object order by id")
                .bind("object", token.name())
                .mapTo(String.class)
                .list());
    }

    @Test
    void aTokenIsKeptAsItWasMadeWithAnEntryOfTheAuditLog() {
        var made = token("argo", NOW.plusSeconds(3_600));
        var kept = tokens.create(made);
        assertTrue(kept.number() > 0);
        assertEquals(made.sha256(), kept.sha256());
        assertEquals(made.roles(), kept.roles());
        assertEquals(made.services(), kept.services());
        assertEquals(made.end(), kept.end());
        assertEquals(List.of(kept), tokens.list(Optional.of("argo"), OptionalLong.empty(), 10));
        assertTrue(tokens.good(NOW).contains(kept));
        assertFalse(tokens.good(kept.end()).contains(kept));
        var entries = entries(kept);
        assertEquals(1, entries.size());
        assertTrue(entries.getFirst().startsWith("CREATE_TOKEN "), entries.toString());
        assertTrue(entries.getFirst().contains("\"holder\":\"argo\""), entries.toString());
        assertFalse(entries.getFirst().contains(kept.sha256()), entries.toString());
    }

    @Test
    void aRevokedTokenStaysRevokedByWhoeverWasFirst() {
        var kept = tokens.create(token("leaver", NOW.plusSeconds(3_600)));
        var first = new AccessToken.Revocation(NOW.plusSeconds(1), "ann");
        assertEquals(
                Optional.of(first),
                tokens.revoke(kept.id(), first).orElseThrow().revocation());
        var second = new AccessToken.Revocation(NOW.plusSeconds(2), "bob");
        assertEquals(
                Optional.of(first),
                tokens.revoke(kept.id(), second).orElseThrow().revocation());
        assertTrue(tokens.good(NOW).stream().noneMatch(token -> token.id().equals(kept.id())));
        assertEquals(2, entries(kept).size());
        assertTrue(entries(kept).getLast().startsWith("REVOKE_TOKEN "));
        assertEquals(Optional.empty(), tokens.revoke(UUID.randomUUID(), second));
    }

    @Test
    void aHolderHasTwoGoodTokensAtMost() {
        tokens.create(token("pair", NOW));
        var one = tokens.create(token("pair", NOW.plusSeconds(3_600)));
        tokens.create(token("pair", NOW.plusSeconds(3_600)));
        var third = token("pair", NOW.plusSeconds(3_600));
        var refused = assertThrows(TooManyTokensException.class, () -> tokens.create(third));
        assertEquals("pair", refused.holder());
        assertEquals(List.of(), entries(third));
        tokens.revoke(one.id(), new AccessToken.Revocation(NOW, "ann"));
        assertEquals(third.sha256(), tokens.create(third).sha256());
        assertEquals(
                4, tokens.list(Optional.of("pair"), OptionalLong.empty(), 10).size());
        var newest = tokens.list(Optional.of("pair"), OptionalLong.empty(), 1).getFirst();
        assertEquals(
                3,
                tokens.list(Optional.of("pair"), OptionalLong.of(newest.number()), 10)
                        .size());
    }

    @Test
    void theLatestHourOfUseIsKept() {
        var kept = tokens.create(token("used", NOW.plusSeconds(3_600)));
        var hour = Instant.parse("2026-03-01T12:00:00Z");
        tokens.used(Map.of(kept.sha256(), hour, "0".repeat(64), hour));
        tokens.used(Map.of(kept.sha256(), hour.minusSeconds(3_600)));
        tokens.used(Map.of());
        assertEquals(
                Optional.of(hour),
                tokens.list(Optional.of("used"), OptionalLong.empty(), 1)
                        .getFirst()
                        .lastUse());
    }
}
