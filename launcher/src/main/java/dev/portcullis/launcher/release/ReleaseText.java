package dev.portcullis.launcher.release;

import com.google.protobuf.Timestamp;
import dev.portcullis.kit.rpc.ProtoTimes;
import dev.portcullis.kit.text.NumberText;
import dev.portcullis.kit.text.PlainText;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.Counts;
import dev.portcullis.proto.analysis.v1.Evidence;
import dev.portcullis.proto.analysis.v1.ObjectiveResult;
import dev.portcullis.proto.analysis.v1.TestResult;
import dev.portcullis.proto.gate.v1.Decision;
import dev.portcullis.proto.gate.v1.Release;
import java.math.RoundingMode;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Releases and decisions as lines for people. Stateless. */
public final class ReleaseText {
    private static final double LARGEST_RATIO = 1e12;
    private static final int LABEL = 12;
    private static final List<String> HEAD =
            List.of("STATE", "DECISION", "SERVICE", "CANARY", "STABLE", "RUN", "OPENED", "UUID");

    private ReleaseText() {}

    /** A table with a line for each release. */
    public static List<String> table(List<Release> releases) {
        List<List<String>> rows = new ArrayList<>(List.of(HEAD));
        releases.forEach(release -> rows.add(row(release)));
        var widths = IntStream.range(0, HEAD.size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return rows.stream()
                .map(row -> IntStream.range(0, row.size())
                        .mapToObj(column -> padded(row.get(column), widths[column]))
                        .collect(Collectors.joining("  "))
                        .stripTrailing())
                .toList();
    }

    private static List<String> row(Release release) {
        return List.of(
                state(release),
                release.hasLatestDecision()
                        ? release.getLatestDecision().getOutcome().name()
                        : "-",
                release.getService(),
                release.getCanary(),
                release.getStable().isEmpty() ? "-" : release.getStable(),
                Integer.toString(release.getRun()),
                time(release.getCreateTime()),
                id(release));
    }

    private static String labels(Release release) {
        return release.getLabelsMap().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(","));
    }

    private static String addedRules(Release release) {
        return release.getAddedRulesList().stream()
                .map(rule -> oneLine(rule.getName() + "  " + rule.getText()))
                .collect(Collectors.joining("\n"));
    }

    private static String approvals(Release release) {
        return release.getApprovalsList().stream()
                .map(approval -> time(approval.getCreateTime()) + ", by " + approval.getApprover()
                        + (approval.getGroupsCount() == 0
                                ? ""
                                : " (" + String.join(", ", approval.getGroupsList()) + ")")
                        + (approval.getInAdvance() ? ", in advance" : "") + ": " + oneLine(approval.getReason())
                        + (approval.hasWithdrawTime()
                                ? "; withdrawn " + time(approval.getWithdrawTime()) + ": "
                                        + oneLine(approval.getWithdrawReason())
                                : ""))
                .collect(Collectors.joining("\n"));
    }

    private static String state(Release release) {
        return release.getState() + (release.getDryRun() ? " (dry run)" : "");
    }

    private static String id(Release release) {
        return release.getName().substring(release.getName().lastIndexOf('/') + 1);
    }

    /** One release with all that is known of it. */
    public static List<String> whole(Release release) {
        List<String> lines = new ArrayList<>(List.of(release.getName()));
        lines.addAll(labelled(
                "state",
                state(release)
                        + (release.hasEndTime()
                                ? ", ended " + time(release.getEndTime())
                                : ", opened " + time(release.getCreateTime())
                                        + (release.hasWatchEndTime()
                                                ? ", promoted and watched until " + time(release.getWatchEndTime())
                                                : ""))));
        if (release.hasLatestDecision()) {
            var decision = release.getLatestDecision();
            lines.addAll(labelled("decision", decided(decision) + ", " + time(decision.getCreateTime())));
            lines.addAll(labelled("why", decision.getExplanation()));
        }
        lines.addAll(labelled("canary", release.getCanary() + ", run " + release.getRun()));
        lines.addAll(labelled("stable", release.getStable()));
        lines.addAll(labelled("revision", release.getRevision()));
        lines.addAll(labelled("artifact", release.getArtifact()));
        lines.addAll(labelled("ticket", release.getTicket()));
        lines.addAll(labelled("author", release.getAuthor()));
        lines.addAll(labelled("labels", labels(release)));
        lines.addAll(labelled("rules", addedRules(release)));
        lines.addAll(labelled("approved", approvals(release)));
        lines.addAll(labelled("opened by", release.getOpener()));
        lines.addAll(labelled("retried", release.getRetryReason()));
        lines.addAll(labelled("namespace", release.getNamespace()));
        lines.addAll(labelled("rollout", release.getRollout()));
        lines.addAll(labelled(
                "users",
                release.hasFirstRequestTime()
                        ? "first request seen " + time(release.getFirstRequestTime())
                        : "no request of the canary was seen"));
        lines.addAll(labelled("analysis", release.getAnalysis()));
        lines.addAll(labelled("rollback", rollback(release)));
        return lines;
    }

    /** One line about a change: when, what is to be done and why. */
    public static String change(Release release) {
        var decision = release.getLatestDecision();
        var when = release.hasEndTime()
                ? release.getEndTime()
                : release.hasLatestDecision() ? decision.getCreateTime() : release.getCreateTime();
        var rollback = rollback(release);
        return time(when) + "  " + padded(state(release), "SUPERSEDED".length()) + "  "
                + (release.hasLatestDecision()
                        ? decided(decision) + ": " + oneLine(decision.getExplanation())
                        : "nothing is decided yet")
                + (rollback.isEmpty() ? "" : "; rollback: " + oneLine(rollback));
    }

    /**
     * Why a decision was made.
     *
     * @param latest with its analysis
     * @param history newest first
     * @param more whether there are older ones
     */
    public static List<String> why(Release release, Decision latest, List<Decision> history, boolean more) {
        List<String> lines = new ArrayList<>(
                List.of(release.getName() + " is " + state(release) + ", its canary '" + release.getCanary() + "'"));
        lines.addAll(labelled("decision", decided(latest) + ", " + time(latest.getCreateTime()) + by(latest)));
        // In the words of the latest window.
        lines.addAll(labelled("why", release.getLatestDecision().getExplanation()));
        if (latest.hasAnalysis()) {
            lines.addAll(evidence(latest.getAnalysis()));
        }
        lines.addAll(labelled("rollback", rollback(release)));
        lines.add("decisions, newest first" + (more ? ", the latest " + history.size() : ""));
        history.forEach(
                decision -> lines.add("  " + time(decision.getCreateTime()) + "  " + decided(decision) + by(decision)));
        return lines;
    }

    private static List<String> evidence(Analysis analysis) {
        List<String> lines = new ArrayList<>();
        if (analysis.hasEvidence()) {
            lines.addAll(labelled("evidence", evidence(analysis.getEvidence())));
        }
        analysis.getObjectivesList().forEach(objective -> lines.addAll(labelled("objective", objective(objective))));
        return lines;
    }

    private static String evidence(Evidence evidence) {
        return "against " + ratio(evidence.getFail()) + " (abort at " + ratio(evidence.getFailThreshold()) + "), for "
                + ratio(evidence.getPass()) + " (promote at " + ratio(evidence.getPassThreshold()) + ")";
    }

    private static String objective(ObjectiveResult objective) {
        var counts = objective.getCounts();
        return objective.getSlo() + ": canary " + counted(counts.getCanary())
                + (counts.hasBaseline() ? ", stable version " + counted(counts.getBaseline()) : "")
                + (objective.hasSloTest() ? "; against the SLO " + test(objective.getSloTest()) : "")
                + (objective.hasBaselineTest()
                        ? "; against the stable version " + test(objective.getBaselineTest())
                        : "");
    }

    private static String counted(Counts counts) {
        var total = counts.getTotal();
        return whole(counts.getBad()) + " of " + whole(total) + " bad"
                + (total > 0 ? " (" + NumberText.percent(counts.getBad() / total, 2) + ")" : "");
    }

    private static String test(TestResult test) {
        return "fails " + ratio(test.getFail()) + (test.hasPass() ? ", passes " + ratio(test.getPass()) : "");
    }

    /** Evidence is kept as a natural logarithm, and shown as a ratio. */
    private static String ratio(double evidence) {
        var ratio = Math.exp(evidence);
        return Double.isNaN(ratio)
                ? "not known"
                : NumberText.rounded(Math.min(ratio, LARGEST_RATIO), 2, RoundingMode.HALF_UP) + " : 1";
    }

    private static String whole(double count) {
        return String.format(Locale.ROOT, "%,.0f", count);
    }

    private static String decided(Decision decision) {
        return decision.getOutcome() + " "
                + decision.getReasonsList().stream().map(Enum::name).collect(Collectors.joining(", "));
    }

    private static String by(Decision decision) {
        return decision.getComment().isEmpty()
                ? ""
                : ", by " + decision.getActor() + ": " + oneLine(decision.getComment());
    }

    private static String rollback(Release release) {
        return List.of(release.getRollback(), release.getRollbackState(), release.getRollbackDetail()).stream()
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
    }

    /** A label with its text, whose further lines are under its first; nothing when the text is empty. */
    private static List<String> labelled(String label, String text) {
        if (text.isEmpty()) {
            return List.of();
        }
        var parts = PlainText.of(text).lines().toList();
        return IntStream.range(0, parts.size())
                .mapToObj(i -> "  " + padded(i == 0 ? label : "", LABEL) + parts.get(i))
                .toList();
    }

    private static String oneLine(String text) {
        return PlainText.line(text, Integer.MAX_VALUE);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static String time(Timestamp time) {
        return ProtoTimes.instant(time).truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
