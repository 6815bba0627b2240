package dev.portcullis.gate.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.analysis.AnalysisProgress;
import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.decision.Origin;
import dev.portcullis.gate.decision.Outcome;
import dev.portcullis.gate.decision.RuleOutcome;
import dev.portcullis.gate.decision.RuleOutcome.Effect;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseDetails;
import dev.portcullis.gate.release.ReleaseKey;
import dev.portcullis.gate.release.ReleaseStart;
import dev.portcullis.gate.release.ReleaseState;
import dev.portcullis.gate.release.RollbackNote;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who waits for whom, and who is aborted with whom. */
final class GroupChangeTest {
    private static final Instant NOW = Instant.parse("2027-03-01T12:00:00Z");
    private static final Decision PROMOTED =
            Decision.of(Outcome.PROMOTE, DecisionReason.CANARY_WITHIN_LIMITS, "passed");
    private static final Decision UNDECIDED = Decision.hold(DecisionReason.NOT_ENOUGH_EVIDENCE, "nothing yet");
    private static final Decision READY = held(new RuleOutcome("releaseGroup", Effect.HELD, "waits"));
    private static final Decision FAILED = Decision.of(Outcome.ABORT, DecisionReason.SLO_VIOLATED, "too many errors");
    private static final Decision TOGETHER = Decision.of(Outcome.ABORT, DecisionReason.GROUP_ABORTED, "so are others");

    private long number;

    private static Decision held(RuleOutcome... rules) {
        return Decision.of(
                        Outcome.HOLD,
                        List.of(DecisionReason.GROUP_WAITS, DecisionReason.CANARY_WITHIN_LIMITS),
                        "waits for others")
                .with(List.of(rules));
    }

    private Release release(
            String service, ReleaseState state, Optional<Decision> latest, Instant opened, Instant ended) {
        number++;
        var start = new ReleaseStart(
                new UUID(0, number),
                new ReleaseKey(service, "", service, "c" + number, ""),
                1,
                false,
                "s1",
                "",
                opened,
                new ReleaseDetails("", "", "", new TreeMap<>(Map.of("change", "1"))));
        return new Release(
                start,
                number,
                state,
                "",
                AnalysisProgress.NEVER,
                latest.map(decision -> decision.recorded(
                        new Origin(new UUID(1, number), Origin.GATE, "", "", "", "", ended), Optional.empty())),
                Optional.empty(),
                Optional.empty(),
                state == ReleaseState.OPEN ? Optional.empty() : Optional.of(ended),
                Optional.empty(),
                RollbackNote.NONE);
    }

    private Release open(String service, Decision latest) {
        return release(service, ReleaseState.OPEN, Optional.of(latest), NOW, NOW);
    }

    private Release ended(String service, ReleaseState state, Decision latest) {
        return release(service, state, Optional.of(latest), NOW, NOW.plusSeconds(60));
    }

    private static GroupChange change(boolean inOrder, Release... releases) {
        var members = Stream.of("a", "b", "c")
                .map(service -> new GroupMember(service, "", ""))
                .toList();
        return new GroupChange(
                new ReleaseGroup("abc", "change", members, inOrder),
                "change=1",
                List.of(releases).reversed());
    }

    @Test
    void itWaitsForAllThatAreNeitherReadyNorPromoted() {
        var a = open("a", READY);
        var b = open("b", UNDECIDED);
        assertEquals(
                "waits until all of it may be promoted, and still for 'b' (" + b.name()
                        + " is HOLD for NOT_ENOUGH_EVIDENCE) and for 'c', of which there is no release yet",
                change(false, a, b).waitsFor(a));
        assertEquals("", change(false, a, open("b", READY), open("c", PROMOTED)).waitsFor(a));
        assertEquals(
                "",
                change(false, a, ended("b", ReleaseState.PROMOTED, PROMOTED), open("c", READY))
                        .waitsFor(a));
    }

    @Test
    void readyIsWhatNothingButTheGroupHolds() {
        var a = open("a", READY);
        var c = open("c", READY);
        var onTrial = held(
                new RuleOutcome("releaseGroup", Effect.HELD, "waits"),
                new RuleOutcome("minimumBake", Effect.WOULD_HOLD, "too soon"),
                new RuleOutcome("calendar", Effect.PASSED, ""));
        assertEquals("", change(false, a, open("b", onTrial), c).waitsFor(a));
        var frozen = held(
                new RuleOutcome("calendar", Effect.HELD, "a freeze"),
                new RuleOutcome("releaseGroup", Effect.HELD, "waits"));
        assertTrue(change(false, a, open("b", frozen), c).waitsFor(a).contains("for 'b' ("));
        assertTrue(change(false, a, ended("b", ReleaseState.SUPERSEDED, READY), c)
                .waitsFor(a)
                .contains("has ended as SUPERSEDED"));
        assertTrue(change(false, a, ended("b", ReleaseState.ABORTED, FAILED), c)
                .waitsFor(a)
                .contains("has ended as ABORTED"));
        var opened = release("b", ReleaseState.OPEN, Optional.empty(), NOW, NOW);
        assertTrue(change(false, a, opened, c).waitsFor(a).contains("has no decision yet"));
    }

    @Test
    void inOrderItGoesAfterThoseThatComeBefore() {
        var a = open("a", READY);
        var b = open("b", READY);
        var c = open("c", READY);
        var all = change(true, a, b, c);
        assertEquals("", all.waitsFor(a));
        assertEquals("is promoted in order, after 'a' (" + a.name() + " is ready)", all.waitsFor(b));
        assertEquals(
                "is promoted in order, after 'a' (" + a.name() + " is ready) and after 'b' (" + b.name() + " is ready)",
                all.waitsFor(c));
        var next = change(true, open("a", PROMOTED), b, c);
        assertEquals("", next.waitsFor(b));
        assertFalse(next.waitsFor(c).isEmpty());
    }

    @Test
    void ofSeveralReleasesOfAMemberTheNewestCountsThatHasNotComeToNothing() {
        var a = open("a", READY);
        var b = open("b", READY);
        var misspelt = ended("b", ReleaseState.EXPIRED, UNDECIDED);
        assertEquals("", change(false, a, b, misspelt, open("c", READY)).waitsFor(a));
        var newer = open("b", UNDECIDED);
        assertFalse(change(false, a, b, newer, open("c", READY)).waitsFor(a).isEmpty());
    }

    @Test
    void oneIsAbortedWithTheFirstOfTheOthersThatWasForAReasonOfItsOwn() {
        var a = open("a", READY);
        var together = release("c", ReleaseState.ABORTED, Optional.of(TOGETHER), NOW, NOW.plusSeconds(1));
        assertEquals(Optional.empty(), change(false, a, together).abortedFirst(a));
        var later = release("c", ReleaseState.ABORTED, Optional.of(FAILED), NOW, NOW.plusSeconds(9));
        var b = release("b", ReleaseState.ABORTED, Optional.of(FAILED), NOW, NOW.plusSeconds(5));
        assertEquals(Optional.of(b), change(false, a, b, later, together).abortedFirst(a));
    }

    @Test
    void whatWasAbortedBeforeItWasOpenedOrIsOfItsOwnServiceIsNoReason() {
        var old = release("b", ReleaseState.ABORTED, Optional.of(FAILED), NOW.minusSeconds(60), NOW.minusSeconds(1));
        var a = open("a", READY);
        assertEquals(Optional.empty(), change(false, a, old).abortedFirst(a));
        assertEquals(
                Optional.empty(),
                change(false, a, ended("a", ReleaseState.ABORTED, FAILED)).abortedFirst(a));
        assertEquals(
                Optional.empty(),
                change(false, a, ended("elsewhere", ReleaseState.ABORTED, FAILED))
                        .abortedFirst(a));
    }

    @Test
    void whatAPersonHasPromotedSinceStays() {
        var b = ended("b", ReleaseState.ABORTED, FAILED);
        var byPerson = Decision.of(Outcome.PROMOTE, DecisionReason.PROMOTED_BY_PERSON, "ann");
        var before = release("a", ReleaseState.OPEN, Optional.of(byPerson), NOW, NOW.plusSeconds(59));
        assertEquals(Optional.of(b), change(false, before, b).abortedFirst(before));
        var after = release("a", ReleaseState.OPEN, Optional.of(byPerson), NOW, NOW.plusSeconds(61));
        assertEquals(Optional.empty(), change(false, after, b).abortedFirst(after));
    }

    @Test
    void whatHasEndedAsPromotedIsOutOfReach() {
        var a = open("a", READY);
        var b = ended("b", ReleaseState.PROMOTED, PROMOTED);
        assertTrue(change(false, a, b, open("c", PROMOTED)).outOfReach(a).contains("any more: " + b.name() + ";"));
        assertEquals("", change(false, a, open("c", PROMOTED)).outOfReach(a));
    }

    @Test
    void membersOfOneServiceAreToldApart() {
        var eu = new GroupMember("a", "eu", "");
        assertTrue(eu.has(new ReleaseKey("a", "eu", "web", "c1", "")));
        assertFalse(eu.has(new ReleaseKey("a", "us", "web", "c1", "")));
        assertFalse(eu.has(new ReleaseKey("b", "eu", "web", "c1", "")));
        assertTrue(eu.overlaps(new GroupMember("a", "", "web")));
        assertFalse(eu.overlaps(new GroupMember("a", "us", "")));
        assertEquals("'a' in namespace 'eu'", eu.shown());
    }
}
