package dev.portcullis.rollback.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.portcullis.kit.database.Database;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.rollback.plan.Limits;
import dev.portcullis.rollback.plan.Plan;
import dev.portcullis.rollback.plan.ReturnOrder;
import dev.portcullis.rollback.plan.TargetSettings;
import dev.portcullis.rollback.rollback.Admission.Admitted;
import dev.portcullis.rollback.rollback.Admission.RequestKnown;
import dev.portcullis.rollback.rollback.Admission.ServiceBusy;
import dev.portcullis.rollback.rollback.ListPosition;
import dev.portcullis.rollback.rollback.Rollback;
import dev.portcullis.rollback.rollback.RollbackFilter;
import dev.portcullis.rollback.rollback.RollbackState;
import dev.portcullis.rollback.rollback.StaleRollbackException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PostgresRollbacksTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456Z");
    private static final RollbackFilter ALL = new RollbackFilter(Optional.empty(), Optional.empty());
    private static Database database;

    private final PostgresRollbacks store = new PostgresRollbacks(database.jdbi());

    @BeforeAll
    static void open() {
        database = Database.open(TestDatabase.fresh(), "rollback", OpenTelemetry.noop(), new SimpleMeterRegistry());
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void empty() {
        database.jdbi().useHandle(handle -> handle.execute("truncate rollback cascade"));
    }

    private static Rollback planned(String service, Instant now) {
        var limits = new Limits(Duration.ofMinutes(15), Duration.ofMillis(1500), Duration.ofSeconds(1));
        var settings = new TargetSettings("webhook", Map.of("url", "http://h/r?a=1", "readBack", "https://h/\"b\""));
        var order = new ReturnOrder(service, "services/" + service + "/releases/x", "new", "old", "it's \"burning\"");
        return Rollback.planned(
                UUID.randomUUID(), UUID.randomUUID(), order, new Plan(settings, limits), "00-trace", now);
    }

    private static Rollback running(Rollback planned) {
        return planned.with(planned.currentStep().begun(NOW), RollbackState.RUNNING, "begun", NOW.plusSeconds(1));
    }

    private static Rollback failed(Rollback running) {
        var step = running.currentStep().trying("seen").givenUp("refused", NOW.plusSeconds(2));
        return running.with(step, RollbackState.FAILED, "refused", NOW.plusSeconds(2));
    }

    @Test
    void whatIsWrittenIsReadAsItWas() {
        var planned = planned("checkout", NOW);
        assertEquals(new Admitted(planned), store.admit(planned));
        assertEquals(Optional.of(planned), store.find(planned.id()));
        assertEquals(Optional.of(planned), store.findByRequest(planned.requestId()));
        var running = running(planned);
        store.replace(running);
        assertEquals(Optional.of(running), store.find(planned.id()));
        var failed = failed(running);
        store.replace(failed);
        assertEquals(Optional.of(failed), store.find(planned.id()));
        assertEquals(Optional.empty(), store.find(UUID.randomUUID()));
    }

    @Test
    void aKnownRequestIdAnswersTheRollbackItStarted() {
        var first = planned("checkout", NOW);
        store.admit(first);
        var again = new Rollback(
                UUID.randomUUID(),
                first.requestId(),
                planned("cart", NOW).order(),
                first.plan(),
                "",
                first.life(),
                first.steps());
        assertEquals(
                first, assertInstanceOf(RequestKnown.class, store.admit(again)).existing());
        assertEquals(Optional.empty(), store.find(again.id()));
    }

    @Test
    void aServiceHasOneActiveRollbackAndAnyNumberOfEndedOnes() {
        var first = planned("checkout", NOW);
        store.admit(first);
        var second = planned("checkout", NOW);
        assertEquals(
                first, assertInstanceOf(ServiceBusy.class, store.admit(second)).active());
        assertInstanceOf(Admitted.class, store.admit(planned("cart", NOW)));
        store.replace(running(first));
        store.replace(failed(running(first)));
        assertInstanceOf(Admitted.class, store.admit(second));
    }

    @Test
    void ofManyAtOnceExactlyOneIsAdmitted() throws Exception {
        var rivals = new ArrayList<Callable<Boolean>>();
        for (int i = 0; i < 8; i++) {
            rivals.add(() -> store.admit(planned("checkout", NOW)) instanceof Admitted);
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var admitted = 0;
            for (var answer : threads.invokeAll(rivals)) {
                admitted += answer.get() ? 1 : 0;
            }
            assertEquals(1, admitted);
        }
        assertEquals(1, store.active().size());
    }

    @Test
    void aChangeOfAnOldVersionIsRefusedWhole() {
        var planned = planned("checkout", NOW);
        store.admit(planned);
        var running = running(planned);
        store.replace(running);
        assertThrows(StaleRollbackException.class, () -> store.replace(running));
        assertThrows(StaleRollbackException.class, () -> store.replace(running(planned)));
        assertEquals(Optional.of(running), store.find(planned.id()));
    }

    @Test
    void theActiveOnesAreFoundOldestFirst() {
        var younger = planned("cart", NOW.plusSeconds(1));
        var older = planned("checkout", NOW);
        var ended = planned("ended", NOW);
        List.of(younger, older, ended).forEach(store::admit);
        store.replace(running(ended));
        store.replace(failed(running(ended)));
        assertEquals(List.of(older.id(), younger.id()), store.active());
    }

    @Test
    void aListIsNewestFirstAndGoesOnWhereItStopped() {
        var all = new ArrayList<Rollback>();
        for (int i = 0; i < 7; i++) {
            // Some share their time: the id decides between them.
            var rollback = planned("service-" + i, NOW.plusSeconds(i / 3));
            store.admit(rollback);
            all.add(rollback);
        }
        var found = new ArrayList<Rollback>();
        Optional<ListPosition> after = Optional.empty();
        do {
            var page = store.list(ALL, after, 2);
            found.addAll(page);
            after = page.isEmpty() ? Optional.empty() : Optional.of(ListPosition.of(page.getLast()));
        } while (after.isPresent());
        assertEquals(7, found.size());
        assertEquals(java.util.Set.copyOf(all), java.util.Set.copyOf(found));
        for (int i = 1; i < 7; i++) {
            assertEquals(
                    true,
                    !found.get(i)
                            .life()
                            .createTime()
                            .isAfter(found.get(i - 1).life().createTime()));
        }
    }

    @Test
    void aListIsFilteredByServiceAndState() {
        var checkout = planned("checkout", NOW);
        var cart = planned("cart", NOW);
        store.admit(checkout);
        store.admit(cart);
        store.replace(running(cart));
        assertEquals(List.of(checkout), list("checkout", null));
        assertEquals(List.of(running(cart)), list(null, RollbackState.RUNNING));
        assertEquals(List.of(), list("checkout", RollbackState.RUNNING));
    }

    private List<Rollback> list(String service, RollbackState state) {
        var filter = new RollbackFilter(Optional.ofNullable(service), Optional.ofNullable(state));
        return store.list(filter, Optional.empty(), 10);
    }
}
