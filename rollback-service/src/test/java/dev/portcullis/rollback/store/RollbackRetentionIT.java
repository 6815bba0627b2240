package dev.portcullis.rollback.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.database.Database;
import dev.portcullis.kit.retention.DeletedRecords;
import dev.portcullis.kit.testing.ManualRetention;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.kit.testing.TestOutbox;
import dev.portcullis.rollback.lifecycle.ListPosition;
import dev.portcullis.rollback.lifecycle.Rollback;
import dev.portcullis.rollback.lifecycle.RollbackFilter;
import dev.portcullis.rollback.lifecycle.RollbackOrigin;
import dev.portcullis.rollback.lifecycle.RollbackState;
import dev.portcullis.rollback.plan.Limits;
import dev.portcullis.rollback.plan.Mode;
import dev.portcullis.rollback.plan.Plan;
import dev.portcullis.rollback.plan.Recovery;
import dev.portcullis.rollback.plan.Recovery.WithoutProof;
import dev.portcullis.rollback.plan.RollbackOrder;
import dev.portcullis.rollback.plan.Stage;
import dev.portcullis.rollback.plan.TargetSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rollbacks are deleted 13 months after their end, with all that was written of them, and not one that is active. */
final class RollbackRetentionIT {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456Z");
    private static final RollbackFilter ALL = new RollbackFilter(Optional.empty(), Optional.empty(), Optional.empty());

    private final Database database =
            Database.open(TestDatabase.fresh(), "rollback", OpenTelemetry.noop(), new SimpleMeterRegistry());
    private final PostgresRollbacks store = new PostgresRollbacks(database.jdbi(), TestOutbox.of(database, "rollback"));
    private final DeletedRecords deleted = new DeletedRecords(database.jdbi());
    private final ManualRetention retention = new ManualRetention(database, RollbackRetention.STATEMENTS, "P13M");

    @AfterEach
    void close() {
        database.close();
    }

    private Rollback active(String service, Instant begun) {
        var origin = new RollbackOrigin(UUID.randomUUID(), "r-1", "alice", Mode.LIVE, "00-trace");
        var target = new TargetSettings("webhook", "webhook " + service, Map.of("url", "http://h/r"));
        var limits = new Limits(
                Duration.ofMinutes(15), Duration.ofMinutes(5), Duration.ofSeconds(1), Duration.ofSeconds(60));
        var plan = new Plan(
                List.of(new Stage(target, false, false)),
                new Recovery(true, Duration.ofMinutes(7), WithoutProof.ACCEPT),
                limits);
        var order = new RollbackOrder(service, "services/" + service + "/releases/x", "new", "old", "burning");
        var rollback = Rollback.planned(UUID.randomUUID(), origin, order, plan, begun);
        store.admit(rollback);
        return rollback;
    }

    private Rollback ended(String service, Instant begun) {
        var planned = active(service, begun);
        var running = planned.with(planned.currentStep().begun(begun), RollbackState.RUNNING, "begun", begun);
        write(running);
        var step = running.currentStep().trying("seen").givenUp("refused", begun);
        var failed = running.with(step, RollbackState.NEEDS_HUMAN, "refused", begun);
        write(failed);
        return failed;
    }

    private void write(Rollback next) {
        var lease = store.take(next.id(), "run " + UUID.randomUUID()).orElseThrow();
        store.replace(next, lease, Optional.empty());
        store.giveBack(next.id(), lease);
    }

    private int count(String table) {
        return database.jdbi().withHandle(handle -> handle.createQuery("select count(*) from " + table)
                .mapTo(Integer.class)
                .one());
    }

    private List<UUID> listed(Optional<ListPosition> after) {
        return store.list(ALL, after, 10).stream().map(Rollback::id).toList();
    }

    @Test
    void anEndedRollbackGoesWithItsStepsAndItsRecordAndAnActiveOneStays() {
        var ended = ended("one", NOW);
        var steps = count("rollback_step");
        var events = count("rollback_event");
        var active = active("two", NOW);

        retention.pass(Period.ofMonths(13).minusDays(1));
        assertTrue(store.find(ended.id()).isPresent());
        // Not just two days: 13 months before the 31st may be the 30th, on which it ended a moment later.
        retention.pass(Period.ofDays(4));
        assertEquals(Optional.empty(), store.find(ended.id()));
        assertEquals(
                List.of(1, steps, events),
                List.of(
                        retention.deleted("rollback"),
                        retention.deleted("rollback_step"),
                        retention.deleted("rollback_event")));
        assertTrue(deleted.find(ended.id()).isPresent());
        assertTrue(deleted.find(ended.origin().token()).isPresent(), "its token starts no second one");

        retention.pass(Period.ofYears(2));
        assertEquals(active, store.find(active.id()).orElseThrow());
        assertEquals(List.of(active.id()), store.active());
    }

    @Test
    void pagesGoOnWhileRollbacksAreDeletedInBetween() {
        var oldest = ended("one", NOW);
        var active = active("two", NOW.plusSeconds(1));
        var place = ended("three", NOW.plusSeconds(2));
        var newest = active("four", NOW.plusSeconds(3));
        assertEquals(List.of(newest.id(), place.id(), active.id(), oldest.id()), listed(Optional.empty()));
        retention.pass(Period.ofMonths(14));
        assertEquals(2, retention.deleted("rollback"));
        assertEquals(List.of(active.id()), listed(Optional.of(ListPosition.of(place))));
    }
}
