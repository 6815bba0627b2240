package dev.portcullis.gate.console.overview;

import dev.portcullis.gate.calendar.Freeze;
import dev.portcullis.gate.console.ConsolePath;
import dev.portcullis.gate.console.Fact;
import dev.portcullis.gate.console.Moment;
import dev.portcullis.gate.decision.PolicyVersion;
import dev.portcullis.gate.policy.GatePolicy;
import dev.portcullis.gate.release.Release;
import dev.portcullis.kit.text.DurationText;
import dev.portcullis.kit.text.PlainText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A ReleasePolicy in use on its page.
 *
 * @param row what the list has of it
 * @param frozen why nothing of the service may be promoted now, and until when; empty when it may
 * @param facts what it says, in words
 * @param release the path of the page of the release that was decided on last; empty before the first
 * @param compared how the text in use compares with that of the latest decision, in a sentence
 * @param differences line by line; empty when there are none
 */
public record PolicyPage(
        PolicyRow row,
        String frozen,
        List<Fact> facts,
        Optional<String> release,
        String compared,
        List<TextDifference.Line> differences) {
    /** Keeps its own copies. */
    public PolicyPage {
        facts = List.copyOf(facts);
        differences = List.copyOf(differences);
    }

    /** A release that was decided on by a policy. */
    public record Decided(Release release, PolicyVersion policy) {}

    /**
     * The page as it is seen at a moment.
     *
     * @param freeze what freezes the service now; empty when nothing does
     * @param since when the configuration in use was taken up
     * @param last the newest decision by a policy; empty before the first
     */
    public static PolicyPage of(
            GatePolicy policy, Optional<Freeze> freeze, Moment since, Optional<Decided> last, Instant now) {
        return new PolicyPage(
                PolicyRow.of(policy),
                freeze.map(known -> frozen(known, now)).orElse(""),
                facts(policy, since),
                last.map(decided -> ConsolePath.of(decided.release())),
                last.map(decided -> compared(policy, decided)).orElse("Nothing was decided by it yet."),
                last.map(decided -> TextDifference.of(decided.policy().text(), policy.text()))
                        .orElse(List.of()));
    }

    private static String frozen(Freeze freeze, Instant now) {
        var until = freeze.until().equals(Instant.MAX)
                ? "without an end"
                : "until " + Moment.of(freeze.until(), now).utc();
        return PlainText.of("Frozen " + until + " by '" + freeze.window().name() + "': "
                + freeze.window().reason() + ".");
    }

    private static List<Fact> facts(GatePolicy policy, Moment since) {
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.text("In use since", since.utc() + " (" + since.distance() + ")"));
        facts.add(Fact.text("Undecided at the deadline", policy.undecided().word()));
        var onFail = policy.onFail().words();
        facts.add(Fact.text(
                "On a FAIL",
                onFail.isEmpty()
                        ? "abort and roll back"
                        : "abort and roll back, but "
                                + String.join(
                                        ", ",
                                        onFail.entrySet().stream()
                                                .map(entry -> entry.getValue() + " where only " + entry.getKey()
                                                        + " objectives fail")
                                                .toList())));
        facts.add(Fact.text(
                "After the promotion",
                policy.bakeAfter()
                        .map(time -> "watched for " + DurationText.compact(time))
                        .orElse("not watched")));
        if (!policy.skipAnalysis().isEmpty()) {
            facts.add(Fact.text("No verdict needed with", String.join(", ", policy.skipAnalysis())));
        }
        facts.add(Fact.text(
                "Rules for the promotion",
                PolicyRow.of(policy).rules().isEmpty()
                        ? "none of its own"
                        : String.join(", ", PolicyRow.of(policy).rules())));
        facts.add(Fact.code("SHA-256", policy.version().hash()));
        return facts;
    }

    private static String compared(GatePolicy policy, Decided last) {
        var of = PlainText.of(last.release().key().canary());
        return last.policy().text().equals(policy.text())
                ? "The latest decision, on " + of + ", was made by this very text."
                : "The latest decision, on " + of + ", was made by another text. What is other now:";
    }
}
