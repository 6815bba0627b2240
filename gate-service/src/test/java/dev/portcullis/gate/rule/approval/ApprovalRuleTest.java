package dev.portcullis.gate.rule.approval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.analysis.AnalysisProgress;
import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.release.Approval;
import dev.portcullis.gate.release.ApprovalQuorum;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseDetails;
import dev.portcullis.gate.release.ReleaseKey;
import dev.portcullis.gate.release.ReleaseStart;
import dev.portcullis.gate.release.ReleaseState;
import dev.portcullis.gate.release.RollbackNote;
import dev.portcullis.gate.release.SelfApprovalException;
import dev.portcullis.gate.rule.Promotion;
import dev.portcullis.gate.rule.RuleOnTrial;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose approvals count, how long, and what is said of those that are missing. */
final class ApprovalRuleTest {
    private static final Instant NOW = Instant.parse("2027-01-01T12:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    private static ApprovalRule wants(int count) {
        return new ApprovalRule(
                "approvals",
                new ApprovalQuorum(count, List.of("*"), List.of(), List.of(ApprovalQuorum.Role.values()), DAY));
    }

    private static Approval by(String subject, String name, Instant time) {
        return new Approval(subject, "https://login.example", name, "fine", time, Optional.empty(), false);
    }

    private static Approval by(String name) {
        return by(name, name, NOW);
    }

    private static Release release(String author, String opener, Approval... approvals) {
        var release = new Release(
                new ReleaseStart(
                        UUID.randomUUID(),
                        new ReleaseKey("checkout", "", "", "c1", ""),
                        1,
                        false,
                        "",
                        "",
                        NOW,
                        new ReleaseDetails("", "", author, new TreeMap<>()),
                        opener,
                        Optional.empty()),
                1,
                ReleaseState.OPEN,
                "",
                new AnalysisProgress(0, NOW),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                RollbackNote.NONE);
        for (var approval : approvals) {
            release = release.approved(approval);
        }
        return release;
    }

    private static String told(ApprovalRule rule, Release release, Instant moment) {
        return rule.hold(Promotion.of(release, moment))
                .map(Decision::explanation)
                .orElse("");
    }

    @Test
    void aReleaseIsHeldUntilSoManyHaveApprovedAndThenAsLongAsThatCounts() {
        assertEquals("rule 'approvals' wants 2 approvals, and none is there", told(wants(2), release("", ""), NOW));
        assertEquals(
                "rule 'approvals' wants 2 approvals, and 1 is there: 'ann', which counts until 2027-01-02T12:00:00Z",
                told(wants(2), release("", "", by("ann")), NOW));
        var two = release("", "", by("ann"), by("bob", "bob", NOW.plusSeconds(60)));
        assertEquals("", told(wants(2), two, NOW.plusSeconds(60)));
        assertEquals("", told(wants(2), two, NOW.plus(DAY).minusMillis(1)));
        assertEquals(
                "rule 'approvals' wants 2 approvals, and 1 is there: 'bob', which counts until 2027-01-02T12:01:00Z",
                told(wants(2), two, NOW.plus(DAY)));
        assertEquals(
                Optional.of(List.of(DecisionReason.APPROVAL_MISSING)),
                wants(1).hold(Promotion.of(release("", ""), NOW)).map(Decision::reasons));
    }

    @Test
    void aDeployHasNoReleaseYetAndIsNotHeld() {
        assertEquals(Optional.empty(), wants(1).hold(Promotion.ofDeploy("checkout", ReleaseDetails.NONE, NOW)));
    }

    @Test
    void onePersonCountsOnceWhoeverVouchesForHim() {
        var other = new Approval("ann@shop.example", "portcullis", "ANN", "fine", NOW, Optional.empty(), false);
        var release = release("", "", by("ann"), other);
        assertEquals(List.of(other), release.approvals());
        assertFalse(told(wants(2), release, NOW).isEmpty());
        assertTrue(told(wants(2), release("", "", by("ann"), by("bob")), NOW).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"ann@shop.example, 1234, ann@shop.example", "ANN@shop.example, ann@SHOP.example, Ann", "1234, 1234, ann"
    })
    void theAuthorCannotApproveWhoeverVouchesForHim(String author, String subject, String name) {
        var refused = assertThrows(SelfApprovalException.class, () -> release(author, "", by(subject, name, NOW)));
        assertEquals(author, refused.author());
    }

    @Test
    void whoAskedFirstDoesNotCountUnlessThePolicySaysSo() {
        var release = release("", "ann", by("ann"));
        assertFalse(told(wants(1), release, NOW).isEmpty());
        var lenient = new ApprovalRule(
                "approvals", new ApprovalQuorum(1, List.of("*"), List.of(), List.of(ApprovalQuorum.Role.AUTHOR), DAY));
        assertEquals("", told(lenient, release, NOW));
    }

    @Test
    void onlyThoseCountWhomThePolicyNames() {
        var named = new ApprovalRule(
                "approvals", new ApprovalQuorum(1, List.of("sre-*", "cleo"), List.of(), List.of(), DAY));
        assertFalse(told(named, release("", "", by("ann")), NOW).isEmpty());
        assertEquals("", told(named, release("", "", by("sre-ann")), NOW));
        assertEquals("", told(named, release("", "", by("cleo")), NOW));
    }

    private static Approval in(String name, String... groups) {
        return new Approval(
                name,
                "https://login.example",
                name,
                "fine",
                NOW,
                Optional.empty(),
                false,
                List.of(groups),
                Optional.empty());
    }

    @Test
    void onlyThoseCountWhoWereInOneOfTheGroupsWhenTheyApproved() {
        var rule = new ApprovalRule(
                "approvals",
                new ApprovalQuorum(
                        2, List.of("*"), List.of("sre", "payments-*"), List.of(ApprovalQuorum.Role.values()), DAY));
        assertEquals(
                "rule 'approvals' wants 2 approvals of the group sre or payments-*, and none is there",
                told(rule, release("", ""), NOW));
        assertEquals(
                "rule 'approvals' wants 2 approvals of the group sre or payments-*, and 1 is there: 'ann' (sre), which"
                        + " counts until 2027-01-02T12:00:00Z; not in that group when approving: 'bob', 'cleo'",
                told(rule, release("", "", in("ann", "sre"), in("bob"), in("cleo", "SRE", "sre-juniors")), NOW));
        assertEquals("", told(rule, release("", "", in("ann", "sre"), in("dan", "payments-leads")), NOW));
        assertFalse(told(rule, release("dan", "ann", in("ann", "sre")), NOW).isEmpty());
        assertFalse(told(rule, release("", "", in("ann", "sre"), in("ANN", "sre")), NOW)
                .isEmpty());
    }

    @Test
    void aRuleGoesByTheGroupsThatItNamesAlsoOnTrial() {
        var rule = new ApprovalRule(
                "approvals", new ApprovalQuorum(1, List.of("*"), List.of("payments-*"), List.of(), DAY));
        assertTrue(rule.goesByGroup("payments-leads"));
        assertFalse(rule.goesByGroup("sre"));
        assertTrue(new RuleOnTrial(rule).goesByGroup("payments-leads"));
        assertFalse(wants(1).goesByGroup("sre"));
    }
}
