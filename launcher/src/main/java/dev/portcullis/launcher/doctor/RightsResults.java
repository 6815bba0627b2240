package dev.portcullis.launcher.doctor;

import dev.portcullis.rollback.plan.Right;
import dev.portcullis.rollback.plan.Right.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the rights of a target's account come to.
 *
 * @param place where the target is configured: "spec.rollback of checkout"
 * @param named which target it is: "the argo-rollouts of checkout"
 */
record RightsResults(String place, String named) {
    private static final String SUBJECT = "rollback";

    List<CheckResult> of(List<Right> rights) {
        List<CheckResult> outcomes = new ArrayList<>();
        var unasked = with(rights, Answer.NOT_ASKED);
        var missing = with(rights, Answer.MISSING);
        var unknown = with(rights, Answer.UNKNOWN);
        if (!unasked.isEmpty()) {
            outcomes.add(CheckResult.failed(
                    SUBJECT,
                    place + ": " + unasked.getFirst().why(),
                    "fix the Cluster, its kubeconfig or its credentials; " + RollbackExamination.until(place)));
        }
        if (!missing.isEmpty()) {
            outcomes.add(CheckResult.failed(
                    SUBJECT,
                    place + ": the account may not " + told(missing),
                    "give it that right: " + remedies(missing) + "; " + RollbackExamination.until(place)));
        }
        if (!unknown.isEmpty()) {
            outcomes.add(CheckResult.warning(
                    SUBJECT,
                    place + ": whether the account may " + told(unknown) + " is not known: "
                            + unknown.getFirst().why(),
                    "give it back the role system:basic-user, or see by " + remedies(unknown) + " that it may"));
        }
        return outcomes.isEmpty()
                ? List.of(CheckResult.ok(SUBJECT, named + ": its account may " + told(rights)))
                : outcomes;
    }

    private static List<Right> with(List<Right> rights, Answer answer) {
        return rights.stream().filter(right -> right.answer() == answer).toList();
    }

    private static String told(List<Right> rights) {
        return rights.stream().map(Right::what).collect(Collectors.joining(", "));
    }

    private static String remedies(List<Right> rights) {
        return rights.stream().map(Right::remedy).distinct().collect(Collectors.joining(", "));
    }
}
