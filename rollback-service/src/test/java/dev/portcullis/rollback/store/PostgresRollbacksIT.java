package dev.portcullis.rollback.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.audit.store.AuditOutbox;
import dev.portcullis.kit.database.Database;
import dev.portcullis.kit.document.UnreadableDocumentException;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.kit.testing.TestOutbox;
import dev.portcullis.rollback.lifecycle.Admission.Admitted;
import dev.portcullis.rollback.lifecycle.Admission.ServiceBusy;
import dev.portcullis.rollback.lifecycle.Admission.TargetBusy;
import dev.portcullis.rollback.lifecycle.Admission.TokenKnown;
import dev.portcullis.rollback.lifecycle.Cancellation;
import dev.portcullis.rollback.lifecycle.Lease;
import dev.portcullis.rollback.lifecycle.ListPosition;
import dev.portcullis.rollback.lifecycle.Preparation;
import dev.portcullis.rollback.lifecycle.Rollback;
import dev.portcullis.rollback.lifecycle.RollbackEvent;
import dev.portcullis.rollback.lifecycle.RollbackFilter;
import dev.portcullis.rollback.lifecycle.RollbackOrigin;
import dev.portcullis.rollback.lifecycle.RollbackState;
import dev.portcullis.rollback.lifecycle.StaleRollbackException;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PostgresRollbacksIT {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456Z");
    private static final RollbackFilter ALL = new RollbackFilter(Optional.empty(), Optional.empty(), Optional.empty());
    private static final RollbackEvent LINE =
            new RollbackEvent(NOW, "one", RollbackState.RUNNING, "webhook apply", "told", "before", "after");
    private static Database database;

    private final PostgresRollbacks store = new PostgresRollbacks(database.jdbi(), TestOutbox.of(database, "rollback"));

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
        database.jdbi().useHandle(handle -> handle.execute("truncate rollback, rollback_preparation cascade"));
    }

    private List<String> entriesOf(Rollback rollback) {
        return TestOutbox.of(database, "rollback").handOver(List.of(), 1_000).stream()
                .map(AuditOutbox.Waiting::body)
                .filter(body -> body.contains(rollback.name()))
                .toList();
    }

    @Test
    void aStartAndACancellationAreToldToTheAuditLogOnceAndWithThem() {
        var planned = planned("audited", NOW);
        store.admit(planned);
        store.admit(planned);
        store.admit(planned("audited", NOW));
        store.cancel(planned.id(), new Cancellation("bob", "wrong service", NOW));
        store.cancel(planned.id(), new Cancellation("carol", "again", NOW));
        var entries = entriesOf(planned);
        assertEquals(2, entries.size(), entries::toString);
        assertTrue(entries.getFirst().contains("\"action\":\"START_ROLLBACK\""), entries::toString);
        assertTrue(entries.getFirst().contains("\"mode\":\"LIVE\""), entries::toString);
        assertTrue(entries.getLast().contains("\"action\":\"CANCEL_ROLLBACK\""), entries::toString);
        assertTrue(entries.getLast().contains("\"why\":\"wrong service\""), entries::toString);
        database.jdbi().useHandle(handle -> handle.execute("alter table audit_outbox rename to elsewhere"));
        try {
            var unrecorded = planned("unrecorded", NOW);
            assertThrows(RuntimeException.class, () -> store.admit(unrecorded));
            assertEquals(Optional.empty(), store.find(unrecorded.id()), "what cannot be recorded does not happen");
        } finally {
            database.jdbi().useHandle(handle -> handle.execute("alter table elsewhere rename to audit_outbox"));
        }
    }

    private static Rollback planned(String service, Instant now) {
        return planned(service, now, Mode.LIVE, "webhook " + service);
    }

    private static Rollback planned(String service, Instant now, Mode mode, String... identities) {
        var origin = new RollbackOrigin(UUID.randomUUID(), "r-1", "alice", mode, "00-trace");
        var order = new RollbackOrder(service, "services/" + service + "/releases/x", "new", "old", "it's \"burning\"");
        return Rollback.planned(UUID.randomUUID(), origin, order, plan(identities), now);
    }

    private static Plan plan(String... identities) {
        var limits = new Limits(
                Duration.ofMinutes(15), Duration.ofMillis(1500), Duration.ofSeconds(1), Duration.ofSeconds(60));
        var values = Map.of("url", "http://h/r?a=1", "readBack", "https://h/\"b\"");
        var stages = Stream.of(identities)
                .map(identity -> new Stage(
                        new TargetSettings("webhook", identity, values),
                        identity.length() % 2 == 0,
                        identity.length() % 3 == 0))
                .toList();
        return new Plan(stages, new Recovery(true, Duration.ofMinutes(7), WithoutProof.ACCEPT), limits);
    }

    private Lease lease(Rollback rollback) {
        return store.take(rollback.id(), "run " + UUID.randomUUID()).orElseThrow();
    }

    private void write(Rollback next) {
        var lease = lease(next);
        store.replace(next, lease, Optional.empty());
        store.giveBack(next.id(), lease);
    }

    private static Rollback running(Rollback planned) {
        var step = planned.currentStep()
                .begun(NOW)
                .watched(Duration.ofMillis(1500))
                .serving("made3");
        return planned.with(step, RollbackState.RUNNING, "begun", NOW.plusSeconds(1));
    }

    private static Rollback failed(Rollback running) {
        var step = running.currentStep().trying("seen").givenUp("refused", NOW.plusSeconds(2));
        return running.with(step, RollbackState.FAILED, "refused", NOW.plusSeconds(2));
    }

    @Test
    void aPlanThatCannotBeReadIsNamedAndKeepsNobodyElseOutOfTheList() {
        var broken = planned("broken", NOW);
        var other = planned("other", NOW);
        store.admit(broken);
        store.admit(other);
        database.jdbi()
                .useHandle(handle -> handle.execute(
                        "update rollback set plan = replace(plan::text, '\"retryFor\":', '\"retry\":')::jsonb where id = ?",
                        broken.id()));
        var fault = assertThrows(UnreadableDocumentException.class, () -> store.find(broken.id()));
        assertEquals(
                "rollback.plan of row " + broken.id() + " cannot be read: field limits.retryFor is missing",
                fault.getMessage());
        assertEquals(List.of(other), store.list(ALL, Optional.empty(), 10));
    }

    @Test
    void whatTargetsSaidIsKeptAsPlainText() {
        var planned = planned("escapes", NOW);
        store.admit(planned);
        var lease = lease(planned);
        var step = planned.currentStep().begun(NOW).trying("\0before\ud800").looked("\u001b[31mafter");
        var line = new RollbackEvent(NOW, "one", RollbackState.RUNNING, "webhook apply", "to\0ld", "\0", "\r");
        store.replace(planned.with(step, RollbackState.RUNNING, "told \0", NOW), lease, Optional.of(line));
        var stored = store.find(planned.id()).orElseThrow();
        assertEquals("told \\u0000", stored.status().detail());
        assertEquals("\\u0000before\\ud800", stored.currentStep().seenBefore());
        assertEquals("\\u001b[31mafter", stored.currentStep().seenAfter());
        var kept = store.events(planned.id()).getLast();
        assertEquals("to\\u0000ld", kept.detail());
        assertEquals("\\u0000", kept.seenBefore());
        assertEquals("\\u000d", kept.seenAfter());
    }

    @Test
    void whatIsWrittenIsReadAsItWas() {
        var planned = planned("checkout", NOW);
        assertEquals(new Admitted(planned), store.admit(planned));
        assertEquals(Optional.of(planned), store.find(planned.id()));
        assertEquals(Optional.of(planned), store.findByToken(planned.origin().token()));
        var running = running(planned);
        write(running);
        assertEquals(Optional.of(running), store.find(planned.id()));
        var failed = failed(running);
        write(failed);
        assertEquals(Optional.of(failed), store.find(planned.id()));
        assertEquals(Optional.empty(), store.find(UUID.randomUUID()));
    }

    @Test
    void aUsedTokenAnswersTheRollbackItStarted() {
        var first = planned("checkout", NOW);
        store.admit(first);
        var other = planned("cart", NOW);
        var again = Rollback.planned(UUID.randomUUID(), first.origin(), other.order(), other.plan(), NOW);
        assertEquals(
                first, assertInstanceOf(TokenKnown.class, store.admit(again)).existing());
        assertEquals(Optional.empty(), store.find(again.id()));
    }

    @Test
    void aTargetHasOneActiveRollbackWhoeverseServiceItIs() {
        var first = planned("checkout", NOW, Mode.LIVE, "istio shop", "argo-rollouts checkout");
        store.admit(first);
        var second = planned("cart", NOW, Mode.LIVE, "argo-rollouts cart", "istio shop");
        var busy = assertInstanceOf(TargetBusy.class, store.admit(second));
        assertEquals(first, busy.active());
        assertEquals("istio shop", busy.identity());
        assertEquals(Optional.of(busy), store.inTheWay(second));
        assertEquals(Optional.empty(), store.find(second.id()), "refused whole");
        assertInstanceOf(Admitted.class, store.admit(planned("cart", NOW, Mode.LIVE, "argo-rollouts cart")));
        write(running(first));
        write(failed(running(first)));
        assertInstanceOf(Admitted.class, store.admit(planned("shop", NOW, Mode.LIVE, "istio shop")));
    }

    @Test
    void drillsAndRollbacksDoNotStandInEachOthersWay() {
        store.admit(planned("checkout", NOW, Mode.DRY_RUN, "istio shop"));
        assertInstanceOf(ServiceBusy.class, store.admit(planned("checkout", NOW, Mode.STAGING, "istio staging")));
        var real = planned("checkout", NOW, Mode.LIVE, "istio shop");
        assertEquals(Optional.empty(), store.inTheWay(real));
        assertInstanceOf(Admitted.class, store.admit(real));
    }

    @Test
    void aLeaseIsHeldByOneAndComesBackWhenGivenBack() {
        var planned = planned("checkout", NOW);
        store.admit(planned);
        var first = store.take(planned.id(), "one").orElseThrow();
        assertEquals(Optional.empty(), store.take(planned.id(), "two"));
        store.giveBack(planned.id(), new Lease("two", first.fence()));
        assertEquals(Optional.empty(), store.take(planned.id(), "two"), "nobody gives back what another holds");
        store.giveBack(planned.id(), first);
        assertEquals(Optional.of(new Lease("two", first.fence() + 1)), store.take(planned.id(), "two"));
    }

    @Test
    void whoseLeaseHasRunOutIsFencedOff() {
        var planned = planned("checkout", NOW);
        store.admit(planned);
        var old = lease(planned);
        database.jdbi().useHandle(handle -> handle.execute("update rollback set lease_until = now()"));
        var young = lease(planned);
        assertTrue(young.fence() > old.fence());
        assertThrows(StaleRollbackException.class, () -> store.replace(running(planned), old, Optional.of(LINE)));
        assertEquals(Optional.of(planned), store.find(planned.id()));
        store.replace(running(planned), young, Optional.of(LINE));
        assertEquals(2, store.events(planned.id()).size(), "the opening and the younger one's line");
        assertEquals(LINE, store.events(planned.id()).getLast());
    }

    @Test
    void aCancellationIsWrittenOnceAndOnlyOfWhatIsActive() {
        var planned = planned("checkout", NOW);
        store.admit(planned);
        var wish = new Cancellation("bob", "wrong service", NOW);
        assertEquals(
                Optional.of(wish),
                store.cancel(planned.id(), wish).orElseThrow().cancellation());
        var second = store.cancel(planned.id(), new Cancellation("eve", "me too", NOW));
        assertEquals(Optional.of(wish), second.orElseThrow().cancellation());
        assertEquals(List.of(planned.id()), store.toBeCancelled());
        assertEquals(2, store.events(planned.id()).size());
        var next = store.replace(running(planned), lease(planned), Optional.empty());
        assertEquals(store.find(planned.id()), Optional.of(next), "who writes the next version hears of it");
        assertEquals(Optional.empty(), store.cancel(UUID.randomUUID(), wish));
        var ended = planned("cart", NOW);
        store.admit(ended);
        write(running(ended));
        write(failed(running(ended)));
        assertEquals(
                Optional.empty(), store.cancel(ended.id(), wish).orElseThrow().cancellation());
    }

    @Test
    void aPreparationIsReadAsItWasUntilItIsForgotten() {
        var preparations = new PostgresPreparations(database.jdbi());
        var order = planned("checkout", NOW).order();
        var kept = new Preparation(
                UUID.randomUUID(), order, plan("a", "b"), Mode.STAGING, "alice", List.of(), NOW, NOW.plusSeconds(600));
        preparations.keep(kept);
        assertEquals(Optional.of(kept), preparations.find(kept.token()));
        preparations.forget(NOW.plusSeconds(600));
        assertEquals(Optional.of(kept), preparations.find(kept.token()));
        preparations.forget(NOW.plusSeconds(601));
        assertEquals(Optional.empty(), preparations.find(kept.token()));
    }

    @Test
    void aServiceHasOneActiveRollbackAndAnyNumberOfEndedOnes() {
        var first = planned("checkout", NOW);
        store.admit(first);
        var second = planned("checkout", NOW);
        assertEquals(
                first, assertInstanceOf(ServiceBusy.class, store.admit(second)).active());
        assertInstanceOf(Admitted.class, store.admit(planned("cart", NOW)));
        write(running(first));
        write(failed(running(first)));
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
        var lease = lease(planned);
        store.replace(running, lease, Optional.empty());
        assertThrows(StaleRollbackException.class, () -> store.replace(running, lease, Optional.of(LINE)));
        assertThrows(StaleRollbackException.class, () -> store.replace(running(planned), lease, Optional.of(LINE)));
        assertEquals(1, store.events(planned.id()).size());
        assertEquals(Optional.of(running), store.find(planned.id()));
    }

    @Test
    void theActiveOnesAreFoundOldestFirst() {
        var younger = planned("cart", NOW.plusSeconds(1));
        var older = planned("checkout", NOW);
        var ended = planned("ended", NOW);
        List.of(younger, older, ended).forEach(store::admit);
        write(running(ended));
        write(failed(running(ended)));
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
                            .status()
                            .createTime()
                            .isAfter(found.get(i - 1).status().createTime()));
        }
    }

    @Test
    void aListIsFilteredByServiceAndState() {
        var checkout = planned("checkout", NOW);
        var cart = planned("cart", NOW);
        store.admit(checkout);
        store.admit(cart);
        write(running(cart));
        assertEquals(List.of(checkout), list("checkout", null));
        assertEquals(List.of(running(cart)), list(null, RollbackState.RUNNING));
        assertEquals(List.of(), list("checkout", RollbackState.RUNNING));
    }

    private List<Rollback> list(String service, RollbackState state) {
        var filter = new RollbackFilter(Optional.ofNullable(service), Optional.ofNullable(state), Optional.empty());
        return store.list(filter, Optional.empty(), 10);
    }
}
