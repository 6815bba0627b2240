package dev.portcullis.rollback.lifecycle;

import static dev.portcullis.rollback.lifecycle.RollbackState.CANCELLED;
import static dev.portcullis.rollback.lifecycle.RollbackState.FAILED;
import static dev.portcullis.rollback.lifecycle.RollbackState.NEEDS_HUMAN;
import static dev.portcullis.rollback.lifecycle.RollbackState.PLANNED;
import static dev.portcullis.rollback.lifecycle.RollbackState.RUNNING;
import static dev.portcullis.rollback.lifecycle.RollbackState.SUCCEEDED;
import static dev.portcullis.rollback.lifecycle.RollbackState.VERIFYING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class RollbackStateTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Map<RollbackState, Set<RollbackState>> LEGAL = Map.of(
            PLANNED, Set.of(RUNNING, CANCELLED),
            RUNNING, Set.of(RUNNING, VERIFYING, FAILED, NEEDS_HUMAN, CANCELLED),
            VERIFYING, Set.of(VERIFYING, SUCCEEDED, NEEDS_HUMAN, CANCELLED),
            SUCCEEDED, Set.of(),
            FAILED, Set.of(),
            NEEDS_HUMAN, Set.of(),
            CANCELLED, Set.of());

    static Stream<Arguments> everyPair() {
        return Stream.of(RollbackState.values())
                .flatMap(from -> Stream.of(RollbackState.values()).map(to -> Arguments.of(from, to)));
    }

    @ParameterizedTest(name = "{0} to {1}")
    @MethodSource("everyPair")
    void aRollbackGoesOnlyWhereTheTableSays(RollbackState from, RollbackState to) {
        var status = new RollbackStatus(
                from, "", NOW, NOW, Optional.empty(), from.ended() ? Optional.of(NOW) : Optional.empty(), 7);
        var stays = from == PLANNED && to == PLANNED;
        if (LEGAL.get(from).contains(to) || stays) {
            var next = status.to(to, "why", NOW.plusSeconds(1));
            assertEquals(to, next.state());
            assertEquals(8, next.version());
            assertEquals(to.ended(), next.endTime().isPresent());
        } else {
            assertThrows(IllegalStateException.class, () -> status.to(to, "why", NOW));
        }
    }

    @Test
    void anEndHasATimeAndNothingElseHas() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new RollbackStatus(SUCCEEDED, "", NOW, NOW, Optional.empty(), Optional.empty(), 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> new RollbackStatus(RUNNING, "", NOW, NOW, Optional.empty(), Optional.of(NOW), 1));
    }
}
