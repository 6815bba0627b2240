package dev.portcullis.gate.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.decision.Basis;
import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.Origin;
import dev.portcullis.gate.decision.Outcome;
import dev.portcullis.gate.decision.Reason;
import dev.portcullis.gate.decision.Ruling;
import dev.portcullis.gate.judgement.Figures;
import dev.portcullis.gate.judgement.Measuring;
import dev.portcullis.gate.judgement.Moment;
import dev.portcullis.gate.judgement.ObjectiveFigures;
import dev.portcullis.gate.judgement.Verdict;
import dev.portcullis.gate.release.Change;
import dev.portcullis.gate.release.Opening;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseFilter;
import dev.portcullis.gate.release.ReleaseKey;
import dev.portcullis.gate.release.ReleaseState;
import dev.portcullis.gate.release.Successor;
import dev.portcullis.gate.rollback.OrderOutcome;
import dev.portcullis.kit.database.Database;
import dev.portcullis.kit.document.UnreadableDocumentException;
import dev.portcullis.kit.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every test has a service of its own. */
final class PostgresReleasesIT {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456Z");
    private static final Figures FIGURES = Figures.about(
            "availability",
            new Figures.Ratios(1e12, 0, 100, 20),
            List.of(new ObjectiveFigures(
                    "availability",
                    new Figures.Arms(100, 0),
                    new Figures.Arms(1, 0),
                    new Figures.Arms(0.99, -1),
                    new Figures.Arms(10, -1))));

    private static Database database;
    private static PostgresReleases releases;
    private static PostgresDecisions decisions;
    private static PostgresRollbackOrders orders;

    @BeforeAll
    static void open() {
        database = Database.open(TestDatabase.fresh(), "gate", OpenTelemetry.noop(), new SimpleMeterRegistry());
        releases = new PostgresReleases(database.jdbi());
        decisions = new PostgresDecisions(database.jdbi());
        orders = new PostgresRollbackOrders(database.jdbi());
    }

    @AfterAll
    static void close() {
        database.close();
    }

    private static Release open(String service, String canary) {
        var key = new ReleaseKey(service, "shop", service, canary, "7");
        return releases.open(new Opening(UUID.randomUUID(), key, 1, "stable", "00-aa-bb-01", NOW));
    }

    private static Origin origin() {
        return new Origin(UUID.randomUUID(), "gate", "", "3", "ab", "00-ab-cd-01", NOW);
    }

    private static Ruling hold() {
        return new Ruling(Outcome.HOLD, List.of(Reason.DEADLINE_UNDECIDED, Reason.NO_DATA), "wait\nand see");
    }

    private static Basis basis(int windows) {
        return new Basis(Optional.of(Verdict.INCONCLUSIVE), Optional.of(Measuring.NO_DATA), windows, FIGURES);
    }

    private static Change change(int windows) {
        return new Change(
                Optional.of(new Decision(hold(), basis(windows), origin())),
                Optional.of(() -> "{\"windowCount\": " + windows + "}"),
                ReleaseState.OPEN,
                "analyses/1",
                new Moment(windows, NOW),
                Optional.of(NOW),
                Optional.empty(),
                Optional.empty(),
                true);
    }

    private static Change end(Release release) {
        return release.decidedByPerson(Ruling.of(Outcome.PROMOTE, Reason.PROMOTED_BY_PERSON, "done"), origin());
    }

    private static Release write(Release release, Function<Release, Optional<Change>> rule) {
        return releases.change(release.id(), rule).orElseThrow().release();
    }

    @Test
    void whatIsWrittenIsRead() {
        var release = open("reads", "c1");
        assertEquals(Optional.of(release), releases.find(release.id()));
        assertEquals(Optional.of(release), releases.find(release.key()));

        var change = change(3);
        var written = write(release, current -> Optional.of(change));
        assertEquals(change.decision(), written.latest());
        assertEquals(new Moment(3, NOW), written.seen());
        assertEquals("analyses/1", written.analysis());
        assertEquals(Optional.of(written), releases.find(release.key()));

        var filed = decisions
                .find(release.id(), change.decision().orElseThrow().id())
                .orElseThrow();
        assertEquals(change.decision().orElseThrow(), filed.decision());
        assertEquals(Optional.of("{\"windowCount\": 3}"), filed.analysis());
    }

    @Test
    void aKeyHasOneReleaseHoweverManyOpenItAtOnce() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = new ArrayList<Callable<UUID>>();
            for (var i = 0; i < 30; i++) {
                calls.add(() -> open("once", "c1").id());
            }
            var ids = new ArrayList<UUID>();
            for (var call : threads.invokeAll(calls)) {
                ids.add(call.get());
            }
            assertEquals(1, Set.copyOf(ids).size());
        }
    }

    @Test
    void changesOfOneReleaseWaitForEachOtherAndSeeTheLatestDecision() throws Exception {
        var release = open("locked", "c1");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = new ArrayList<Callable<Release>>();
            for (var i = 0; i < 20; i++) {
                calls.add(() -> write(release, current -> {
                    assertEquals(current.seen().windows() >= 0, current.latest().isPresent());
                    current.latest()
                            .ifPresent(latest -> assertEquals(
                                    current.seen().windows(), latest.basis().windows()));
                    return Optional.of(change(current.seen().windows() + 1));
                }));
            }
            for (var call : threads.invokeAll(calls)) {
                call.get();
            }
        }
        assertEquals(19, releases.find(release.id()).orElseThrow().seen().windows());
        assertEquals(20, decisions.list(release.id(), OptionalLong.empty(), 100).size());
    }

    @Test
    void whatTheRuleThrowsLeavesNothingBehind() {
        var release = open("undone", "c1");
        assertThrows(
                IllegalStateException.class,
                () -> write(release, current -> {
                    throw new IllegalStateException("no");
                }));
        assertThrows(
                IllegalStateException.class,
                () -> write(
                        release,
                        current -> Optional.of(new Change(
                                change(1).decision(),
                                Optional.of(() -> {
                                    throw new IllegalStateException("no snapshot");
                                }),
                                ReleaseState.OPEN,
                                "",
                                Moment.NEVER,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                true))));
        assertEquals(Optional.of(release), releases.find(release.id()));
        assertTrue(decisions.list(release.id(), OptionalLong.empty(), 10).isEmpty());
    }

    @Test
    void theSuccessorIsTheNewestReleaseOfTheRolloutThatServesAndFirstRunsComeFirst() {
        var first = open("rollout", "c1");
        var other = releases.open(new Opening(
                UUID.randomUUID(), new ReleaseKey("rollout", "shop", "another", "c9", ""), 1, "s", "", NOW));
        write(other, current -> Optional.of(change(0)));
        assertEquals(Optional.empty(), read(first).successor(), "of another rollout");
        var second = open("rollout", "c2");
        assertEquals(Optional.empty(), read(first).successor(), "it has served nobody");
        write(second, current -> Optional.of(change(0)));
        assertEquals(
                Optional.of(new Successor(second.name(), "c2", 1)), read(first).successor());
        assertEquals(Optional.empty(), read(second).successor(), "it is the newest");
        write(second, current -> Optional.of(end(current)));
        var back = releases.open(new Opening(UUID.randomUUID(), second.key(), 2, "s", "", NOW));
        write(back, current -> Optional.of(change(0)));
        assertEquals(
                Optional.of(new Successor(second.name(), "c2", 1)), read(first).successor());
        write(first, current -> Optional.of(end(current)));
        assertEquals(Optional.empty(), read(first).successor(), "it has ended");
    }

    private static Release read(Release release) {
        return releases.find(release.id()).orElseThrow();
    }

    @Test
    void aRunIsOpenedOnceHoweverManyOpenItAtOnceAndTheLatestIsTheOneFound() throws Exception {
        var first = open("runs", "c1");
        write(first, current -> Optional.of(end(current)));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = new ArrayList<Callable<UUID>>();
            for (var i = 0; i < 20; i++) {
                calls.add(() -> releases.open(new Opening(UUID.randomUUID(), first.key(), 2, "s2", "", NOW))
                        .id());
            }
            var ids = new HashSet<UUID>();
            for (var call : threads.invokeAll(calls)) {
                ids.add(call.get());
            }
            assertEquals(1, ids.size());
        }
        var latest = releases.find(first.key()).orElseThrow();
        assertEquals(2, latest.opening().run());
        assertEquals("s2", latest.opening().stable());
        assertEquals(ReleaseState.PROMOTED, read(first).state());
    }

    @Test
    void onlyAnotherCanaryOfTheRolloutThatServedLaterCameInBetween() {
        var ended = write(write(open("between", "c1"), current -> Optional.of(change(0))), c -> Optional.of(end(c)));
        assertFalse(releases.othersServedAfter(ended), "its own traffic");
        var typo = open("between", "typo");
        assertFalse(releases.othersServedAfter(ended), "it has served nobody");
        write(typo, current -> Optional.of(change(0)));
        assertFalse(releases.othersServedAfter(ended), "it served before that had ended");
        write(open("between", "c2"), current -> Optional.of(servedAt(NOW.plusSeconds(1))));
        assertTrue(releases.othersServedAfter(ended));
    }

    private static Change servedAt(Instant time) {
        var change = change(0);
        return new Change(
                change.decision(),
                change.snapshot(),
                change.state(),
                change.analysis(),
                change.seen(),
                Optional.of(time),
                change.ended(),
                change.order(),
                change.turn());
    }

    @Test
    void aStableVersionIsKnownByTheOpenReleaseOnTopOfItOnceThatServes() {
        var canary = open("ontop", "c1");
        var asked = new ReleaseKey("ontop", "shop", "ontop", "stable", "");
        assertEquals(Optional.empty(), releases.openOnTopOf(asked), "it may be a mistake itself");
        write(canary, current -> Optional.of(change(0)));
        assertEquals(Optional.of(canary.id()), releases.openOnTopOf(asked).map(Release::id));
        assertEquals(Optional.empty(), releases.openOnTopOf(canary.key()));
        write(canary, current -> Optional.of(end(current)));
        assertEquals(Optional.empty(), releases.openOnTopOf(asked), "promoted");
    }

    @Test
    void aDecisionWithoutAnAnalysisOfItsOwnKeepsTheLatest() {
        var release = write(open("keeps", "c1"), current -> Optional.of(change(4)));
        var ended = write(release, current -> Optional.of(end(current)));
        var filed =
                decisions.find(release.id(), ended.latest().orElseThrow().id()).orElseThrow();
        assertEquals(Optional.of("{\"windowCount\": 4}"), filed.analysis());
    }

    @Test
    void figuresThatCannotBeReadAreNamedAndKeepNoOtherReleaseFromBeingListed() {
        var broken = write(open("unreadable", "c1"), current -> Optional.of(change(1)));
        var other = write(open("unreadable", "c2"), current -> Optional.of(change(1)));
        var decision = broken.latest().orElseThrow().id();
        database.jdbi()
                .useHandle(handle -> handle.execute(
                        "update decisions set figures = replace(figures::text, '\"evidence\":', '\"evident\":')::jsonb where id = ?",
                        decision));
        var fault = assertThrows(UnreadableDocumentException.class, () -> releases.find(broken.id()));
        assertTrue(
                String.valueOf(fault.getMessage())
                        .startsWith("decisions.figures of row " + decision + " cannot be read: field evidence"),
                fault.getMessage());
        var filter = new ReleaseFilter(Optional.of("unreadable"), Optional.empty());
        assertEquals(List.of(other), releases.list(filter, OptionalLong.empty(), 10));
    }

    @Test
    void whatTheDatabaseCannotHoldIsKeptAsEscapes() {
        var release = open("escapes", "c1");
        var ruling = new Ruling(Outcome.HOLD, List.of(Reason.NO_DATA), "path=\"/a\0b\"");
        var decision = new Decision(ruling, basis(1), origin());
        var change = new Change(
                Optional.of(decision),
                Optional.of(() -> "{\"pod\": \"/a\\u0000b\"}"),
                ReleaseState.OPEN,
                "analyses/1",
                new Moment(1, NOW),
                Optional.of(NOW),
                Optional.empty(),
                Optional.empty(),
                true);
        write(release, current -> Optional.of(change));
        var filed = decisions.find(release.id(), decision.origin().id()).orElseThrow();
        assertEquals("path=\"/a\\u0000b\"", filed.decision().ruling().explanation());
        assertEquals(Optional.of("{\"pod\": \"/a\\\\u0000b\"}"), filed.analysis());
    }

    @Test
    void onlyWhatNothingWasDecidedOnIsDiscarded() {
        var undecided = open("discards", "c1");
        releases.discard(undecided.id());
        assertTrue(releases.find(undecided.id()).isEmpty());
        assertTrue(releases.change(undecided.id(), current -> Optional.empty()).isEmpty());

        var decided = write(open("discards", "c2"), current -> Optional.of(change(0)));
        releases.discard(decided.id());
        assertTrue(releases.find(decided.id()).isPresent());
    }

    @Test
    void aReviewIsTakenOnceAndOnlyOfOpenReleases() {
        var due = open("reviewed", "c1");
        var ended = write(open("reviewed-ended", "c1"), current -> Optional.of(end(current)));
        var soon = NOW.plusSeconds(10);
        var taken = releases.takeForReview(soon, soon.plusSeconds(1000), 1000).stream()
                .map(Release::id)
                .toList();
        assertTrue(taken.contains(due.id()));
        assertTrue(!taken.contains(ended.id()));
        assertTrue(releases.takeForReview(soon, soon.plusSeconds(1000), 1000).isEmpty());
        releases.reviewAt(due.id(), soon);
        assertEquals(
                List.of(due.id()),
                releases.takeForReview(soon, soon.plusSeconds(1000), 1000).stream()
                        .map(Release::id)
                        .toList());
    }

    @Test
    void releasesAreListedByServiceAndStateNewestFirst() {
        var first = open("listed", "c1");
        var second = open("listed", "c2");
        write(first, current -> Optional.of(end(current)));
        var all = new ReleaseFilter(Optional.of("listed"), Optional.empty());
        var open = new ReleaseFilter(Optional.of("listed"), Optional.of(ReleaseState.OPEN));
        assertEquals(List.of(second.id(), first.id()), ids(releases.list(all, OptionalLong.empty(), 10)));
        assertEquals(List.of(first.id()), ids(releases.list(all, OptionalLong.of(second.number()), 10)));
        assertEquals(List.of(second.id()), ids(releases.list(open, OptionalLong.empty(), 10)));
    }

    private static List<UUID> ids(List<Release> found) {
        return found.stream().map(Release::id).toList();
    }

    @Test
    void anOrderIsTakenUntilItIsSettled() {
        var release = open("ordered", "c1");
        var ruling = Ruling.of(Outcome.ABORT, Reason.ABORTED_BY_PERSON, "bad".repeat(1000));
        var recorded = releases.change(release.id(), current -> Optional.of(current.decidedByPerson(ruling, origin())))
                .orElseThrow();
        var order = recorded.change().flatMap(Change::order).orElseThrow();
        assertEquals(1000, order.reason().length());
        assertTrue(orders.take(NOW, NOW.plusSeconds(5), 10).isEmpty(), "the first try is the decider's");

        var later = NOW.plusSeconds(10);
        assertEquals(List.of(order), orders.take(later, later.plusSeconds(5), 10));
        assertTrue(orders.take(later, later.plusSeconds(5), 10).isEmpty());
        assertEquals("t1", orders.keepToken(order, "t1"));
        assertEquals("t1", orders.keepToken(order, "t2"), "whoever was first");
        orders.dropToken(order.prepared("t2"));
        assertEquals("t1", orders.keepToken(order, "t3"));
        orders.dropToken(order.prepared("t1"));
        assertEquals("t4", orders.keepToken(order, "t4"));
        orders.settle(order, new OrderOutcome.Postponed("busy"), later.plusSeconds(5));
        assertEquals(
                "busy", releases.find(release.id()).orElseThrow().rollback().detail());

        assertTrue(orders.take(later.plusSeconds(4), later.plusSeconds(10), 10).isEmpty());
        assertEquals(List.of(order.prepared("t4")), orders.take(later.plusSeconds(5), later.plusSeconds(10), 10));
        orders.settle(order, new OrderOutcome.Started("rollbacks/1"), later);
        orders.settle(order, new OrderOutcome.Postponed("too late"), later);
        var note = releases.find(release.id()).orElseThrow().rollback();
        assertEquals("rollbacks/1", note.rollback());
        assertEquals("", note.detail());
        assertTrue(
                orders.take(later.plusSeconds(100), later.plusSeconds(200), 10).isEmpty());
    }
}
