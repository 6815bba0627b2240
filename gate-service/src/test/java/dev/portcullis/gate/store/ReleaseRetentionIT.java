package dev.portcullis.gate.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.decision.Origin;
import dev.portcullis.gate.decision.Outcome;
import dev.portcullis.gate.flagger.FlaggerRollout;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseFilter;
import dev.portcullis.gate.release.ReleaseKey;
import dev.portcullis.gate.release.ReleaseStart;
import dev.portcullis.gate.rollback.OrderOutcome;
import dev.portcullis.kit.database.Database;
import dev.portcullis.kit.retention.DeletedRecords;
import dev.portcullis.kit.testing.ManualRetention;
import dev.portcullis.kit.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The audit log ends after its period, release by release, and not where something is still to be done. */
final class ReleaseRetentionIT {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456Z");
    private static final ReleaseFilter ALL = new ReleaseFilter(Optional.empty(), Optional.empty(), Optional.empty());

    private final Database database =
            Database.open(TestDatabase.fresh(), "gate", OpenTelemetry.noop(), new SimpleMeterRegistry());
    private final PostgresReleases releases =
            new PostgresReleases(database.jdbi(), ReleaseStoreSetup.AUDIT, ReleaseStoreSetup.MESSAGES);
    private final PostgresRollbackOrders orders = new PostgresRollbackOrders(
            database.jdbi(), ReleaseStoreSetup.AUDIT, ReleaseStoreSetup.MESSAGES, java.time.Clock.systemUTC());
    private final DeletedRecords deleted = new DeletedRecords(database.jdbi());
    private final ManualRetention retention = new ManualRetention(database, ReleaseRetention.STATEMENTS, "P7Y");

    @AfterEach
    void close() {
        database.close();
    }

    private Release open(String canary) {
        var key = new ReleaseKey("checkout", "shop", "checkout", canary, "7");
        return releases.open(new ReleaseStart(UUID.randomUUID(), key, 1, false, "stable", "00-aa-bb-01", NOW));
    }

    private Release ended(String canary, Outcome outcome, DecisionReason reason) {
        var origin = new Origin(UUID.randomUUID(), "alice", "because", "3", "ab", "00-ab-cd-01", NOW);
        var decided = Decision.of(outcome, reason, "done");
        return releases.change(
                        open(canary).id(),
                        release -> Optional.of(release.decidedByPerson(decided, Optional.empty(), origin)))
                .orElseThrow();
    }

    private int count(String table) {
        return database.jdbi().withHandle(handle -> handle.createQuery("select count(*) from " + table)
                .mapTo(Integer.class)
                .one());
    }

    private List<UUID> listed(OptionalLong before, int limit) {
        return releases.list(ALL, before, limit).stream().map(Release::id).toList();
    }

    @Test
    void anEndedReleaseGoesWithItsDecisionsAndItsOrderAndAnOpenOneStays() {
        var promoted = ended("c1", Outcome.PROMOTE, DecisionReason.PROMOTED_BY_PERSON);
        var aborted = ended("c2", Outcome.ABORT, DecisionReason.ABORTED_BY_PERSON);
        var order = orders.take(NOW.plusSeconds(60), NOW.plusSeconds(90), 10).getFirst();
        orders.settle(order, new OrderOutcome.Started("rollbacks/1"), NOW);
        var open = open("c3");

        retention.pass(Period.ofYears(7).minusDays(1));
        assertEquals(List.of(open.id(), aborted.id(), promoted.id()), listed(OptionalLong.empty(), 10));
        retention.pass(Period.ofDays(2));
        assertEquals(List.of(open.id()), listed(OptionalLong.empty(), 10));
        assertEquals(0, count("decisions"));
        assertEquals(0, count("rollback_orders"));
        assertEquals(
                List.of(2, 2, 1),
                List.of(
                        retention.deleted("releases"),
                        retention.deleted("decisions"),
                        retention.deleted("rollback_orders")));
        assertTrue(deleted.find(aborted.id()).isPresent());
        assertTrue(deleted.find(promoted.id()).isPresent());
        assertEquals(Optional.empty(), deleted.find(open.id()));
    }

    @Test
    void aReleaseWhoseRollbackIsStillToBeStartedStays() {
        var aborted = ended("c1", Outcome.ABORT, DecisionReason.ABORTED_BY_PERSON);
        retention.pass(Period.ofYears(8));
        assertEquals(List.of(aborted.id()), listed(OptionalLong.empty(), 10));
        var order = orders.take(NOW.plusSeconds(60), NOW.plusSeconds(90), 10).getFirst();
        orders.settle(order, new OrderOutcome.Refused("no"), NOW);
        retention.deleteAll();
        assertEquals(List.of(), listed(OptionalLong.empty(), 10));
    }

    @Test
    void pagesGoOnWhileReleasesAreDeletedInBetween() {
        var old = ended("c1", Outcome.PROMOTE, DecisionReason.PROMOTED_BY_PERSON);
        var middle = open("c2");
        var last = ended("c3", Outcome.PROMOTE, DecisionReason.PROMOTED_BY_PERSON);
        var newest = open("c4");
        assertEquals(List.of(newest.id(), last.id()), listed(OptionalLong.empty(), 2));
        retention.pass(Period.ofYears(8));
        assertEquals(2, retention.deleted("releases"));
        assertEquals(List.of(middle.id()), listed(OptionalLong.of(last.number()), 2));
        assertTrue(deleted.find(old.id()).isPresent());
    }

    @Test
    void theCountOfACanarysRolloutsStaysAsLongAsAnyOfItsReleasesAndGoesThen() {
        var rollouts = new PostgresFlaggerRollouts(database.jdbi());
        rollouts.change("shop", "checkout", before -> Optional.of(rollout("checkout", retention.instant())));
        rollouts.change("shop", "search", before -> Optional.of(rollout("search", retention.instant())));
        var later = retention.instant().atOffset(ZoneOffset.UTC).plusYears(5).toInstant();
        rollouts.change("shop", "cart", before -> Optional.of(rollout("cart", later)));
        var open = open("c1");

        retention.pass(Period.ofYears(7).plusDays(1));
        assertEquals(Optional.empty(), rollouts.find("shop", "search"), "nothing was released of it");
        assertTrue(rollouts.find("shop", "cart").isPresent(), "its newest rollout began later");
        assertTrue(rollouts.find("shop", "checkout").isPresent(), "it has an open release");

        releases.discard(open.id());
        retention.deleteAll();
        assertEquals(Optional.empty(), rollouts.find("shop", "checkout"));
        assertEquals(2, retention.deleted("flagger_rollouts"));
    }

    private static FlaggerRollout rollout(String name, Instant begun) {
        return new FlaggerRollout("shop", name, 3, "5d9c7b8f6", FlaggerRollout.State.ENDED, name, name, true, 0, begun);
    }
}
