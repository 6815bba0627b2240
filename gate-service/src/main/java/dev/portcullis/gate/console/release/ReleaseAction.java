package dev.portcullis.gate.console.release;

import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.Outcome;
import dev.portcullis.gate.hold.PromotionHold;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseState;
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
 * @param allowed whether the one who looks has the role for it
 */
public record ReleaseAction(Verb verb, String effect, boolean allowed) {
    /** All there is to do. */
    public enum Verb {
        PROMOTE("Promote", "promote", Role.OPERATOR),
        HOLD("Hold", "hold", Role.DEPLOYER),
        RESUME("Resume", "resume", Role.OPERATOR),
        APPROVE("Approve", "approve", Role.APPROVER),
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

        /** The word of its path, and the name of its icon. */
        public String word() {
            return word;
        }

        /** Who may do it. */
        public Role role() {
            return role;
        }
    }

    /** The role that is missing, with its article. */
    public String needed() {
        var word = verb.role().word();
        return ("aeiou".indexOf(word.charAt(0)) >= 0 ? "an " : "a ") + word;
    }

    /**
     * What there is to do with a release.
     *
     * @param holds the active ones of the release itself
     */
    static List<ReleaseAction> of(Release release, List<PromotionHold> holds, Caller viewer) {
        List<ReleaseAction> actions = new ArrayList<>();
        if (release.open()) {
            actions.add(action(Verb.PROMOTE, promotion(release), release, viewer));
            actions.add(
                    holds.isEmpty()
                            ? action(
                                    Verb.HOLD,
                                    "Nothing promotes this release until somebody resumes it. It goes on being measured, and is aborted if it turns out to be bad.",
                                    release,
                                    viewer)
                            : action(Verb.RESUME, resumption(holds), release, viewer));
            actions.add(action(Verb.APPROVE, approval(release), release, viewer));
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
        return new ReleaseAction(
                verb, effect, viewer.may(verb.role(), release.key().service()));
    }

    private static String promotion(Release release) {
        if (release.failed()) {
            return "This release has failed: one person does not promote it. An admin does so against the FAIL, by the"
                    + " command line, after another person has approved it here.";
        }
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
        return "Your approval goes on record with the decision that is shown here. "
                + (release.approvals().isEmpty()
                        ? "Nobody has approved this release yet."
                        : release.approvals().size() == 1
                                ? "One person has approved it."
                                : release.approvals().size() + " people have approved it.");
    }

    private static String resumption(List<PromotionHold> holds) {
        var hold = holds.getFirst();
        return "Ends the hold that " + hold.creator() + " placed: " + hold.reason();
    }
}
