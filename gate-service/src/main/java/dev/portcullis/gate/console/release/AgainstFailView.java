package dev.portcullis.gate.console.release;

import dev.portcullis.gate.console.ConsolePath;
import dev.portcullis.gate.console.Sentences;
import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.release.Approval;
import dev.portcullis.gate.release.Release;
import java.util.ArrayList;
import java.util.List;

/**
 * What it comes to when a release is promoted against its FAIL, with the second click.
 *
 * @param release path of the release's page
 * @param start where the form goes that does it
 * @param service the service
 * @param canary that failed
 * @param decision name of the decision that is overridden
 * @param reasons of that decision
 * @param explanation of that decision, sentence by sentence
 * @param approver the second person
 * @param approval his reason
 * @param reason of the one who promotes
 * @param consequences what follows, one idea a sentence
 */
public record AgainstFailView(
        String release,
        String start,
        String service,
        String canary,
        String decision,
        List<String> reasons,
        List<String> explanation,
        String approver,
        String approval,
        String reason,
        List<String> consequences) {
    /** Keeps its own copies. */
    public AgainstFailView {
        reasons = List.copyOf(reasons);
        explanation = List.copyOf(explanation);
        consequences = List.copyOf(consequences);
    }

    /** What is shown of a release that has failed, and that a second person has approved. */
    public static AgainstFailView of(Release release, Decision failed, Approval second, String reason) {
        var path = ConsolePath.of(release);
        return new AgainstFailView(
                path,
                path + "/" + ReleaseAction.Verb.AGAINST_FAIL.word(),
                release.key().service(),
                release.key().canary(),
                release.name() + "/decisions/" + failed.id(),
                failed.reasons().stream().map(Enum::name).toList(),
                Sentences.of(failed.explanation()),
                second.name(),
                second.reason(),
                reason,
                consequences(release));
    }

    private static List<String> consequences(Release release) {
        List<String> sentences = new ArrayList<>();
        sentences.add("Every question about this release is answered PROMOTE from then on, and your deployer goes on.");
        if (!release.open()) {
            sentences.add("Its traffic was taken back: the canary has to be deployed again.");
        }
        sentences.add("Nobody measures it any more: if it fails users, nothing aborts it and nothing rolls it back.");
        sentences.add("The record says PROMOTED_AGAINST_FAIL for ever, with both names and both reasons.");
        return sentences;
    }
}
