package dev.portcullis.gate.console.release;

import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.Outcome;
import dev.portcullis.gate.hold.PromotionHold;
import dev.portcullis.gate.release.Approval;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseState;
import dev.portcullis.gate.rollback.RollbackStatus;
import dev.portcullis.kit.identity.Caller;
import dev.portcullis.kit.identity.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a person may do with a release.
 *
 * @param verb what it is, as its form says
 * @param effect what it does, one or two sentences that are read before it is done
 * @param needed what is missing for the one who looks, with its article, as "an operator"; empty when he may
 */
public record ReleaseAction(Verb verb, String effect, String needed) {
    /** All there is to do. */
    public enum Verb {
        PROMOTE("Promote", "promote", Role.OPERATOR),
        HOLD("Hold", "hold", Role.DEPLOYER),
        RESUME("Resume", "resume", Role.OPERATOR),
        APPROVE("Approve", "approve", Role.APPROVER),
        WITHDRAW("Withdraw approval", "withdraw", Role.APPROVER),
        AGAINST_FAIL("Promote against the FAIL", "against-fail", Role.ADMIN),
        ABORT("Abort", "abort", Role.OPERATOR),
        RETRY("Try again", "retry", Role.OPERATOR);

        private final String label;
        private final String word;
        private final Role role;

        Verb(String label, String word, Role role) {
            this.label = label;
            this.word = word;
            this.role = role;
        }

        /** The verb of a word in a path; empty when it is none. */
        public static Optional<Verb> of(String word) {
            for (var verb : values()) {
                if (verb.word.equals(word)) {
                    return Optional.of(verb);
                }
            }
            return Optional.empty();
        }

        /** What the button says. */
        public String label() {
            return label;
        }

        /** The word of its path. */
        public String word() {
            return word;
        }

        /** The name of its icon. */
        public String icon() {
            return switch (this) {
                case WITHDRAW -> "undo";
                case AGAINST_FAIL -> "alert";
                default -> word;
            };
        }

        /** Who may do it. */
        public Role role() {
            return role;
        }
    }

    /** Whether the one who looks may do it now. */
    public boolean allowed() {
        return needed.isEmpty();
    }

    /** Whether a page follows that shows what it comes to, with the click that does it. */
    public boolean twoSteps() {
        return verb == Verb.AGAINST_FAIL;
    }

    /** A role with its article. */
    public static String of(Role role) {
        var word = role.word();
        return ("aeiou".indexOf(word.charAt(0)) >= 0 ? "an " : "a ") + word;
    }

    /**
     * What there is to do with a release.
     *
     * @param holds the active ones of the release itself
     * @param rollback how its rollback stands; empty when there is none
     */
    static List<ReleaseAction> of(
            Release release, List<PromotionHold> holds, Optional<RollbackStatus> rollback, Caller viewer) {
        List<ReleaseAction> actions = new ArrayList<>();
        if (release.promotableAgainstFail()) {
            actions.add(againstFail(release, rollback, viewer));
        } else if (release.open()) {
            actions.add(action(Verb.PROMOTE, promotion(release), release, viewer));
        }
        if (release.open()) {
            actions.add(
                    holds.isEmpty()
                            ? action(
                                    Verb.HOLD,
                                    "Nothing promotes this release until somebody resumes it. It goes on being measured, and is aborted if it turns out to be bad.",
                                    release,
                                    viewer)
                            : action(Verb.RESUME, resumption(holds), release, viewer));
        }
        if (release.open() || release.promotableAgainstFail()) {
            addApprovals(actions, release, viewer);
        }
        if (release.open()) {
            actions.add(action(Verb.ABORT, abortion(release), release, viewer));
        } else if (release.state() == ReleaseState.ABORTED || release.state() == ReleaseState.EXPIRED) {
            actions.add(action(
                    Verb.RETRY,
                    "Opens run " + release.nextRun()
                            + " of this canary, which is measured from the beginning. This record stays as it is.",
                    release,
                    viewer));
        }
        return List.copyOf(actions);
    }

    private static ReleaseAction action(Verb verb, String effect, Release release, Caller viewer) {
        var may = viewer.may(verb.role(), release.key().service());
        return new ReleaseAction(verb, effect, may ? "" : of(verb.role()));
    }

    /** The same unless something else is missing, which is told once the role is there. */
    private ReleaseAction unless(boolean missing, String what) {
        return allowed() && missing ? new ReleaseAction(verb, effect, what) : this;
    }

    private static void addApprovals(List<ReleaseAction> actions, Release release, Caller viewer) {
        var own = release.approvals().stream()
                .filter(Approval::stands)
                .filter(approval -> approval.isOf(viewer.subject()) || approval.isOf(viewer.name()))
                .reduce((earlier, later) -> later);
        var author = release.start().details().author();
        actions.add(action(Verb.APPROVE, approval(release), release, viewer)
                .unless(isOf(author, viewer), "somebody who is not its author"));
        own.ifPresent(approval -> actions.add(action(
                Verb.WITHDRAW,
                "Your approval counts no longer, and the release is judged anew at once. That you gave it stays on record: "
                        + approval.reason(),
                release,
                viewer)));
    }

    private static boolean isOf(String person, Caller viewer) {
        var called = person.strip();
        return !called.isEmpty()
                && (called.equalsIgnoreCase(viewer.subject()) || called.equalsIgnoreCase(viewer.name()));
    }

    private static ReleaseAction againstFail(Release release, Optional<RollbackStatus> rollback, Caller viewer) {
        var second = release.approvedBeside(viewer);
        return action(
                        Verb.AGAINST_FAIL,
                        "Overrides the FAIL"
                                + second.map(approval -> ", which " + approval.name() + " has approved")
                                        .orElse("")
                                + ". The next page shows what that comes to; nothing is done yet.",
                        release,
                        viewer)
                .unless(
                        !release.open()
                                && rollback.filter(status -> !status.ended()).isPresent(),
                        "the end of its rollback")
                .unless(second.isEmpty(), "an approval of this FAIL by another person");
    }

    private static String promotion(Release release) {
        var overridden = release.latest()
                .filter(decision -> decision.outcome() == Outcome.HOLD)
                .map(Decision::reasons)
                .map(reasons -> " It overrides a HOLD (" + reasons.getFirst() + "), and the record says so for ever.")
                .orElse("");
        return "Ends this release as PROMOTED, whatever the evidence says." + overridden;
    }

    private static String abortion(Release release) {
        return release.start().dryRun()
                ? "Ends this release as ABORTED. It is a dry run, so nothing is rolled back."
                : "Ends this release as ABORTED for ever, and rolls all traffic back to "
                        + (release.start().stable().isEmpty()
                                ? "what rollback-service finds to be the stable version"
                                : release.start().stable())
                        + ".";
    }

    private static String approval(Release release) {
        var standing = release.approvals().stream().filter(Approval::stands).count();
        return (release.promotableAgainstFail()
                        ? "Your approval goes on record with the FAIL that is shown here. With it an admin may promote this release against the FAIL. "
                        : "Your approval goes on record with the decision that is shown here. ")
                + (standing == 0
                        ? "Nobody has approved this release yet."
                        : standing == 1 ? "One person has approved it." : standing + " people have approved it.");
    }

    private static String resumption(List<PromotionHold> holds) {
        var hold = holds.getFirst();
        return "Ends the hold that " + hold.creator() + " placed: " + hold.reason();
    }
}
