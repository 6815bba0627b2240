package dev.portcullis.gate.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.analysis.AnalysisProgress;
import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseFilter;
import dev.portcullis.gate.release.ReleaseState;
import dev.portcullis.kit.document.UnreadableDocumentException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Releases and their decisions as they are written and read. */
final class PostgresReleasesIT extends ReleaseStoreSetup {
    @Test
    void whatIsWrittenIsRead() {
        var release = open("reads", "c1");
        assertEquals(Optional.of(release), releases.find(release.id()));
        assertEquals(Optional.of(release), releases.find(release.key()));

        var decision = decision(3);
        var written = write(release, current -> Optional.of(decided(current, decision)));
        var read = decision.recorded(decision.origin().orElseThrow(), Optional.empty());
        assertEquals(Optional.of(read), written.latest());
        assertEquals(new AnalysisProgress(3, NOW), written.seen());
        assertEquals("analyses/1", written.analysis());
        assertEquals(Optional.of(written), releases.find(release.key()));

        assertEquals(Optional.of(decision), decisions.find(release.id(), decision.id()));
    }

    @Test
    void whatConfirmsTheLatestDecisionIsKeptBesideItAndIsNoDecision() {
        var release = write(open("confirms", "c1"), current -> heard(current, 1));
        var confirmed = write(release, current -> Optional.of(confirmed(current, 7)));
        assertEquals(release.latest(), confirmed.latest());
        assertEquals(7, confirmed.current().orElseThrow().windows());
        assertEquals("wait\nlonger", confirmed.current().orElseThrow().explanation());
        assertEquals(Optional.of(confirmed), releases.find(release.id()));
        assertEquals(1, decisions.list(release.id(), OptionalLong.empty(), 10).size());

        var next = write(confirmed, current -> heard(current, 8));
        assertEquals(Optional.empty(), next.confirmation());
        assertEquals(2, decisions.list(release.id(), OptionalLong.empty(), 10).size());
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
                            .ifPresent(latest -> assertEquals(current.seen().windows(), latest.windows()));
                    return heard(current, current.seen().windows() + 1);
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
        assertEquals(Optional.of(release), releases.find(release.id()));
        assertTrue(decisions.list(release.id(), OptionalLong.empty(), 10).isEmpty());
    }

    @Test
    void aDecisionWithoutAnAnalysisOfItsOwnKeepsTheLatest() {
        var release = write(open("keeps", "c1"), current -> heard(current, 4));
        var ended = write(release, ReleaseStoreSetup::end);
        var filed =
                decisions.find(release.id(), ended.latest().orElseThrow().id()).orElseThrow();
        assertEquals(Optional.of("{\"windowCount\": 4}"), filed.analysis());
    }

    @Test
    void figuresThatCannotBeReadAreNamedAndKeepNoOtherReleaseFromBeingListed() {
        var broken = write(open("unreadable", "c1"), current -> heard(current, 1));
        var other = write(open("unreadable", "c2"), current -> heard(current, 1));
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
        var filter = new ReleaseFilter(Optional.of("unreadable"), Optional.empty(), Optional.empty());
        assertEquals(List.of(other), releases.list(filter, OptionalLong.empty(), 10));
    }

    @Test
    void whatTheDatabaseCannotHoldIsKeptAsEscapes() {
        var release = open("escapes", "c1");
        var decision = Decision.hold(DecisionReason.NO_DATA, "path=\"/a\0b\"")
                .recorded(origin(), Optional.of("{\"pod\": \"/a\\u0000b\"}"));
        write(release, current -> Optional.of(decided(current, decision)));
        var filed = decisions.find(release.id(), decision.id()).orElseThrow();
        assertEquals("path=\"/a\\u0000b\"", filed.explanation());
        assertEquals(Optional.of("{\"pod\": \"/a\\\\u0000b\"}"), filed.analysis());
    }

    @Test
    void onlyWhatNothingWasDecidedOnIsDiscarded() {
        var undecided = open("discards", "c1");
        releases.discard(undecided.id());
        assertTrue(releases.find(undecided.id()).isEmpty());
        assertTrue(releases.change(undecided.id(), current -> Optional.empty()).isEmpty());

        var decided = write(open("discards", "c2"), current -> heard(current, 0));
        releases.discard(decided.id());
        assertTrue(releases.find(decided.id()).isPresent());
    }

    @Test
    void aReviewIsTakenOnceAndOnlyOfOpenReleases() {
        var due = open("reviewed", "c1");
        var ended = write(open("reviewed-ended", "c1"), ReleaseStoreSetup::end);
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
        write(first, ReleaseStoreSetup::end);
        var all = new ReleaseFilter(Optional.of("listed"), Optional.empty(), Optional.empty());
        var open = new ReleaseFilter(Optional.of("listed"), Optional.of(ReleaseState.OPEN), Optional.empty());
        assertEquals(List.of(second.id(), first.id()), ids(releases.list(all, OptionalLong.empty(), 10)));
        assertEquals(List.of(first.id()), ids(releases.list(all, OptionalLong.of(second.number()), 10)));
        assertEquals(List.of(second.id()), ids(releases.list(open, OptionalLong.empty(), 10)));
    }

    private static List<UUID> ids(List<Release> found) {
        return found.stream().map(Release::id).toList();
    }
}
