package dev.portcullis.gate.http.audit;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Changes of production as CSV (RFC 4180), every cell in quotes. Stateless. */
final class ChangeTable {
    private static final String HEAD =
            "release,service,namespace,rollout,canary,stable,revision,run,dryRun,createTime,endTime,state,decision,decisionName,"
                    + "reasons,actor,override,why,decisionTime,policyHash,rollback,rollbackDetail\r\n";
    /** What makes a spreadsheet take a cell for a formula. */
    private static final String FORMULA = "=+-@\t\r";

    private ChangeTable() {}

    static String of(List<ChangeAnswer> changes) {
        return changes.stream().map(ChangeTable::row).collect(Collectors.joining("", HEAD, ""));
    }

    private static String row(ChangeAnswer change) {
        return Stream.of(
                        change.release(),
                        change.service(),
                        change.namespace(),
                        change.rollout(),
                        change.canary(),
                        change.stable(),
                        change.revision(),
                        change.run(),
                        change.dryRun(),
                        change.createTime(),
                        change.endTime(),
                        change.state(),
                        change.decision(),
                        change.decisionName(),
                        String.join(" ", change.reasons()),
                        change.actor(),
                        change.override(),
                        change.why(),
                        change.decisionTime(),
                        change.policyHash(),
                        change.rollback(),
                        change.rollbackDetail())
                .map(value -> cell(value.toString()))
                .collect(Collectors.joining(",", "", "\r\n"));
    }

    /** Text that a spreadsheet would take for a formula gets an apostrophe before it. */
    private static String cell(String text) {
        var shown = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return '"' + shown.replace("\"", "\"\"") + '"';
    }
}
