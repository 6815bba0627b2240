package dev.portcullis.gate.console.release;

import dev.portcullis.gate.decision.DecisionReason;

/**
 * A reason of a decision in words that are read in a second.
 *
 * @param why what it says, one sentence
 * @param todo what there is to do, one sentence
 */
record ReasonText(String why, String todo) {
    private static final String WAIT = "Nothing: wait.";

    /** That of a reason. */
    static ReasonText of(DecisionReason reason) {
        return switch (reason) {
            case CANARY_WITHIN_LIMITS ->
                new ReasonText("The canary is within its limits.", "Nothing: your deployer goes on by itself.");
            case SCORE_PASSED ->
                new ReasonText("The canary's score passed.", "Nothing: your deployer goes on by itself.");
            case ANALYSIS_SKIPPED ->
                new ReasonText(
                        "The policy needs no verdict for a release with its labels.",
                        "Nothing: it is measured all the same, and a FAIL aborts it.");
            case PROMOTED_WITHOUT_PROOF ->
                new ReasonText(
                        "The deadline passed undecided, and the policy promotes without proof.",
                        "Give the next release more traffic, or the policy a longer deadline.");
            case PROMOTED_BY_PERSON -> new ReasonText("A person promoted it.", "Nothing.");
            case PROMOTED_AGAINST_FAIL ->
                new ReasonText(
                        "Two people promoted it against its FAIL.",
                        "Deploy the canary again if it was rolled back, and watch it yourself.");
            case PROMOTED_BY_CONTROLLER ->
                new ReasonText("What moves the traffic gave it to all users and said so.", "Nothing.");
            case PROMOTION_WATCHED ->
                new ReasonText("It was watched after its promotion, and did not fail.", "Nothing.");
            case NOTHING_AGAINST_DEPLOY, DRY_RUN -> new ReasonText("Nothing speaks against it.", "Nothing.");
            case SLO_VIOLATED ->
                new ReasonText("The canary is beyond the limit of its SLO.", "Find the fault before the next try.");
            case WORSE_THAN_BASELINE ->
                new ReasonText("The canary is worse than the stable version.", "Find the fault before the next try.");
            case COMBINED_EVIDENCE ->
                new ReasonText(
                        "All objectives together show the canary beyond its limits.",
                        "Look at the objectives, worst first.");
            case SCORE_FAILED -> new ReasonText("The canary's score failed.", "Look at the metrics that differ.");
            case ABORTED_BY_PERSON -> new ReasonText("A person aborted it.", "Nothing: it may be tried again.");
            case ABORTED_BY_CONTROLLER ->
                new ReasonText(
                        "What moves the traffic took the canary back itself.", "Look at what it says of the rollout.");
            case GROUP_ABORTED ->
                new ReasonText("Another release of its group was aborted.", "Look at the release that it names.");
            case FAILED_AFTER_PROMOTION ->
                new ReasonText("It failed after its promotion.", "Find the fault before the next try.");
            case NOT_ENOUGH_EVIDENCE -> new ReasonText("The evidence decides nothing yet.", WAIT);
            case TOO_LITTLE_TRAFFIC ->
                new ReasonText(
                        "The traffic is too little to decide in time.",
                        "Give the canary more traffic, or the policy a longer deadline.");
            default -> waiting(reason);
        };
    }

    private static ReasonText waiting(DecisionReason reason) {
        return switch (reason) {
            case NO_DATA ->
                new ReasonText(
                        "The canary has served no request that its objectives count.",
                        "Send it traffic; if it has some, check how it is labelled.");
            case METRICS_UNREACHABLE ->
                new ReasonText(
                        "Its metrics cannot be read.", "Run ./portcullis doctor; it names the fault and the fix.");
            case DEADLINE_UNDECIDED ->
                new ReasonText("The deadline passed undecided.", "Decide: promote it or abort it.");
            case FAIL_NEEDS_PERSON ->
                new ReasonText(
                        "The canary failed, and the policy has a person decide.",
                        "Abort it, or have two people promote it against the FAIL.");
            case ANALYSIS_CANCELLED ->
                new ReasonText("Its analysis was cancelled while it was open.", "Decide: promote it or abort it.");
            case ANALYSIS_UNAVAILABLE ->
                new ReasonText("analysis-service cannot be asked.", "Nothing is decided until it answers; see Status.");
            case STORE_UNAVAILABLE -> new ReasonText("The database cannot be reached.", "See Status.");
            case UNKNOWN_SERVICE ->
                new ReasonText("No policy names the service.", "Write a ReleasePolicy, or correct the name.");
            case ANALYSIS_REFUSED ->
                new ReasonText("It cannot be analysed as configured.", "Correct what the explanation names.");
            case CANARY_IS_STABLE ->
                new ReasonText("Canary and stable version may be mixed up.", "Check which of them is the new version.");
            case RELEASE_SUPERSEDED -> new ReasonText("A newer canary serves users.", "Look at the newer release.");
            case RELEASE_EXPIRED ->
                new ReasonText(
                        "The canary served no request up to its deadline.",
                        "Check how its canary is spelt; a new question begins a new run.");
            case ANALYSIS_RUNNING -> new ReasonText("It passed and is still measured.", WAIT);
            case ANSWER_TIMEOUT, INTERNAL_ERROR, TOO_MANY_CALLS ->
                new ReasonText("The gate could not find out.", "Ask again; see Status.");
            default -> held(reason);
        };
    }

    private static ReasonText held(DecisionReason reason) {
        return switch (reason) {
            case RELEASE_HELD -> new ReasonText("A person holds it.", "Resume it once its reason is gone.");
            case PROMOTION_STOPPED ->
                new ReasonText(
                        "A person has stopped the promotions of the service.",
                        "Ask that person; see Holds for who may end it.");
            case PROMOTION_FROZEN -> new ReasonText("Its promotions are frozen.", "Nothing: it goes on by itself.");
            case APPROVAL_MISSING -> new ReasonText("An approval is missing.", "Approve it, if it is good.");
            case BUDGET_NEEDS_APPROVAL ->
                new ReasonText(
                        "The error budget is low, so it needs approvals.", "Approve it, if it has to go out now.");
            case BUDGET_LOW ->
                new ReasonText("Too little of the error budget is left.", "Wait until it has recovered.");
            case BUDGET_UNKNOWN -> new ReasonText("What is left of the error budget is not known.", "See Status.");
            case BAKE_UNFINISHED -> new ReasonText("It has not served users for long enough.", WAIT);
            case RULE_HELD -> new ReasonText("A rule of its policy holds it.", "See what the rule says below.");
            case RULE_ERROR ->
                new ReasonText("A rule of its policy cannot be evaluated.", "Correct the rule in the ReleasePolicy.");
            case RULE_UNAVAILABLE ->
                new ReasonText("A rule of its policy could not find out.", "See what the rule says below.");
            case DEPENDENCY_BURNS ->
                new ReasonText(
                        "A service that it depends on burns its error budget.", "Wait until that has recovered.");
            case GROUP_WAITS ->
                new ReasonText("It waits for the others of its group.", "Look at the others of its group.");
            case TOO_MANY_RELEASES -> new ReasonText("Other releases go first.", WAIT);
            case TRAFFIC_SHARE_OFF ->
                new ReasonText(
                        "The canary has another share of the traffic than planned.",
                        "Check the weights of the rollout.");
            case ROLLBACK_RUNNING -> new ReasonText("A rollback of the service is under way.", WAIT);
            case ROLLBACK_UNAVAILABLE -> new ReasonText("rollback-service cannot be asked.", "See Status.");
            default -> throw new IllegalArgumentException(reason + " has no text");
        };
    }
}
