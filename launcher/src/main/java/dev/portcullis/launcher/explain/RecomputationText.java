package dev.portcullis.launcher.explain;

import dev.portcullis.kit.text.NumberText;
import dev.portcullis.kit.text.PlainText;
import dev.portcullis.proto.gate.v1.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What came of a recomputation as lines for people. Stateless. */
public final class RecomputationText {
    private static final int MOST_SHOWN = 20;

    private RecomputationText() {}

    /**
     * The lines.
     *
     * @param log what the audit log says of the analysis
     */
    public static List<String> of(Recomputation found, LogComparison.Result log) {
        var record = found.record();
        var lines = new ArrayList<String>();
        lines.add(record.getName() + ": " + record.getOutcome() + " "
                + record.getReasonsList().stream().map(Enum::name).collect(Collectors.joining(", ")));
        lines.add("  why         " + PlainText.line(record.getExplanation(), Integer.MAX_VALUE));
        lines.add("  analysis    " + analysis(found));
        lines.add("  decision    " + decision(found));
        lines.add("  audit log   " + log(log));
        if (record.getRulesCount() > 0) {
            lines.add("  rules       " + rules(record));
        }
        found.differences().stream()
                .limit(MOST_SHOWN)
                .map(one -> "    " + one.field() + ": on record " + shown(one.kept()) + ", computed "
                        + shown(one.recomputed()))
                .forEach(lines::add);
        if (found.differences().size() > MOST_SHOWN) {
            lines.add("    and " + (found.differences().size() - MOST_SHOWN) + " more; --output json has all");
        }
        return lines;
    }

    private static String analysis(Recomputation found) {
        return switch (found.analysis()) {
            case SAME -> judged(found.record()) + ": the same, letter for letter";
            case DIFFERENT -> judged(found.record()) + ": not the same";
            case NOT_COMPUTED -> "none: nothing was judged";
            case NOT_RECORDED ->
                found.record().getAnalysis().getName() + ": what it follows from is not on record any more";
        };
    }

    private static String judged(Decision record) {
        var analysis = record.getAnalysis();
        return analysis.getVerdict() + " by " + NumberText.counted(analysis.getWindowCount(), "window") + " of "
                + analysis.getName();
    }

    private static String decision(Recomputation found) {
        return switch (found.decision()) {
            case SAME -> "the same, letter for letter";
            case DIFFERENT -> "not the same";
            case NOT_COMPUTED ->
                found.record().hasAnalysis()
                        ? "not made by the evidence: decided by "
                                + found.record().getActor()
                        : "follows from no analysis";
            case NOT_RECORDED -> "cannot be computed";
        };
    }

    private static String log(LogComparison.Result log) {
        return switch (log) {
            case SAME -> "its entry has the hash of this analysis";
            case DIFFERENT -> "its entry tells of another analysis or another decision: one of the two was changed";
            case NO_ENTRY -> "it has no entry of this decision";
            case NOT_COMPARED -> "not compared";
        };
    }

    /** What rules went by, such as holds, approvals, budgets and webhooks, is not in the record, so what they said is not computed. */
    private static String rules(Decision record) {
        return "taken from the record, not computed: "
                + record.getRulesList().stream()
                        .map(rule -> rule.getRule() + " " + rule.getEffect())
                        .collect(Collectors.joining(", "));
    }

    private static String shown(String json) {
        return json.isEmpty() ? "nothing" : PlainText.line(json, 200);
    }
}
