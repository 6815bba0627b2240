package dev.portcullis.gate.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.console.release.PresentRelease;
import dev.portcullis.gate.console.release.ReleaseAction;
import dev.portcullis.gate.console.release.ReleaseAction.Verb;
import dev.portcullis.gate.console.release.ReleaseListView;
import dev.portcullis.gate.console.release.ReleaseQuery;
import dev.portcullis.gate.console.release.ReleaseView;
import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseCounts;
import dev.portcullis.gate.release.ReleaseState;
import dev.portcullis.kit.identity.Caller;
import dev.portcullis.kit.identity.Grant;
import dev.portcullis.kit.identity.Role;
import dev.portcullis.kit.identity.ServiceGroup;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class ReleaseViewTest {
    private static final ReleaseCounts COUNTS = new ReleaseCounts(2, 2, 0, 0, 0);

    private static Caller holding(Role role, String service) {
        return new Caller(
                Caller.Kind.TOKEN,
                "portcullis",
                "ann",
                "ann",
                List.of(new Grant(role, new ServiceGroup(List.of(service)))));
    }

    private static List<ReleaseAction> actions(Release release, Caller viewer) {
        return ReleaseView.actions(
                new ReleaseView.Sources(PresentRelease.recorded(release), List.of(), List.of(), Optional.empty()),
                viewer,
                ConsoleReleases.NOW);
    }

    private static List<Verb> allowed(Caller viewer) {
        return actions(ConsoleReleases.open(DecisionReason.NOT_ENOUGH_EVIDENCE), viewer).stream()
                .filter(ReleaseAction::allowed)
                .map(ReleaseAction::verb)
                .toList();
    }

    @Test
    void everybodySeesAllActionsAndMayDoThoseOfHisRole() {
        var all = actions(ConsoleReleases.open(DecisionReason.NOT_ENOUGH_EVIDENCE), holding(Role.VIEWER, "*"));
        assertEquals(
                List.of(Verb.PROMOTE, Verb.HOLD, Verb.APPROVE, Verb.ABORT),
                all.stream().map(ReleaseAction::verb).toList());
        assertEquals(List.of(), allowed(holding(Role.VIEWER, "*")));
        assertEquals(List.of(Verb.HOLD), allowed(holding(Role.DEPLOYER, "checkout")));
        assertEquals(List.of(Verb.APPROVE), allowed(holding(Role.APPROVER, "*")));
        assertEquals(List.of(Verb.PROMOTE, Verb.HOLD, Verb.ABORT), allowed(holding(Role.OPERATOR, "checkout")));
        assertEquals(List.of(), allowed(holding(Role.OPERATOR, "basket")));
        assertEquals("an operator", all.getFirst().needed());
        assertEquals("a deployer", all.get(1).needed());
    }

    @Test
    void aPromotionSaysWhatItOverrides() {
        var promote = actions(ConsoleReleases.open(DecisionReason.NOT_ENOUGH_EVIDENCE), Caller.LOCAL)
                .getFirst();
        assertTrue(promote.effect().contains("overrides a HOLD (NOT_ENOUGH_EVIDENCE)"), promote.effect());
        var agreed = actions(ConsoleReleases.open(DecisionReason.CANARY_WITHIN_LIMITS), Caller.LOCAL)
                .getFirst();
        assertFalse(agreed.effect().contains("overrides"), agreed.effect());
    }

    @Test
    void aHeldReleaseIsResumedAndAnEndedOneAtMostTriedAgain() {
        var held = new ReleaseView.Sources(
                PresentRelease.recorded(ConsoleReleases.open(DecisionReason.RELEASE_HELD)),
                List.of(),
                List.of(ConsoleReleases.hold("I look at it first")),
                Optional.empty());
        var resume =
                ReleaseView.actions(held, Caller.LOCAL, ConsoleReleases.NOW).get(1);
        assertEquals(Verb.RESUME, resume.verb());
        assertEquals("Ends the hold that ann placed: I look at it first", resume.effect());
        var aborted =
                ConsoleReleases.of("checkout", "c", "", ReleaseState.ABORTED, DecisionReason.SLO_VIOLATED, "It fails.");
        assertEquals(
                List.of(Verb.RETRY),
                actions(aborted, Caller.LOCAL).stream().map(ReleaseAction::verb).toList());
        var promoted = ConsoleReleases.of(
                "checkout", "c", "", ReleaseState.PROMOTED, DecisionReason.CANARY_WITHIN_LIMITS, "It is good.");
        assertEquals(List.of(), actions(promoted, Caller.LOCAL));
    }

    @Test
    void theTimelineBeginsWithWhatHappenedLast() {
        var release = ConsoleReleases.open(DecisionReason.NOT_ENOUGH_EVIDENCE);
        var view = ReleaseView.of(
                new ReleaseView.Sources(
                        PresentRelease.recorded(release),
                        List.of(release.latest().orElseThrow()),
                        List.of(ConsoleReleases.hold("wait")),
                        Optional.empty()),
                ConsoleReleases.NOW);
        assertEquals(
                List.of("NOT_ENOUGH_EVIDENCE at step 1", "Held", "Opened"),
                view.timeline().stream().map(entry -> entry.title()).toList());
        assertEquals("14 min ago", view.opened().distance());
        assertEquals("HOLD", view.mark().word());
    }

    @Test
    void whoeverIsWaitedForComesFirst() {
        var list = ReleaseListView.of(
                ReleaseQuery.ALL,
                COUNTS,
                List.of(
                        PresentRelease.recorded(ConsoleReleases.open(DecisionReason.NOT_ENOUGH_EVIDENCE)),
                        PresentRelease.recorded(ConsoleReleases.open(DecisionReason.APPROVAL_MISSING))),
                List.of(),
                OptionalLong.of(7),
                ConsoleReleases.NOW);
        assertEquals(
                List.of("Needs a person", "Open"),
                list.groups().stream().map(ReleaseListView.Group::title).toList());
        assertEquals(
                Optional.of("waits for an approval"),
                list.groups().getFirst().rows().getFirst().attention());
        assertEquals(1, list.waiting());
        assertEquals(Optional.of("/console?before=7"), list.next());
    }

    /** What is on record may be from before the hold. */
    @Test
    void aHeldReleaseWaitsForAPersonWhateverIsOnRecord() {
        var promotable = ConsoleReleases.open(DecisionReason.CANARY_WITHIN_LIMITS);
        var held = new PresentRelease(
                promotable,
                Optional.of(Decision.hold(DecisionReason.RELEASE_HELD, "'ann' holds this release")),
                List.of(ConsoleReleases.hold("I look at it first")),
                Optional.empty());
        var row = ReleaseListView.of(
                        ReleaseQuery.ALL, COUNTS, List.of(held), List.of(), OptionalLong.empty(), ConsoleReleases.NOW)
                .groups()
                .getFirst()
                .rows()
                .getFirst();
        assertEquals("HOLD", row.mark().word());
        assertEquals(Optional.of("held until a person resumes it"), row.attention());
        assertEquals("ann holds this release: I look at it first.", row.sentence());
    }

    @Test
    void anAddressKeepsWhatWasAskedFor() {
        var query = new ReleaseQuery(Optional.of(ReleaseState.ABORTED), "a&b", "x=y +", OptionalLong.of(9));
        assertEquals("/console?state=aborted&service=a%26b&text=x%3Dy%20%2B&before=9", query.path());
        assertEquals(
                "/console?service=a%26b&text=x%3Dy%20%2B",
                query.choices().getFirst().path());
        assertEquals("", ReleaseQuery.ALL.parameters());
    }
}
