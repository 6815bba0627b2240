package dev.portcullis.gate.message;

import dev.portcullis.gate.analysis.Figures;
import dev.portcullis.gate.analysis.ObjectiveFigures;
import dev.portcullis.kit.text.NumberText;
import java.util.ArrayList;
import java.util.List;

/**
 * The evidence as bars of characters, for receivers that show a fixed-width font: the ratio of bad requests of both versions on one axis, and the odds on a logarithmic
 * one with the mark at which they decide. Characters need neither fonts on the server nor the right to upload files, and reach what reads a message aloud. Stateless.
 */
public final class MessageChart {
    private static final int COLUMNS = 16;
    /** The column of the mark; behind it is room for odds beyond what decides. */
    private static final int MARK = 12;

    private static final int EIGHTHS = 8;
    private static final String PARTS = " ▏▎▍▌▋▊▉";
    private static final int DIGITS = 2;

    private MessageChart() {}

    /** The lines, at most 80 characters each but for the name of the objective; none when the news rest on no counted objective. */
    public static List<String> lines(News news) {
        return news.figures().map(MessageChart::lines).orElseGet(List::of);
    }

    private static List<String> lines(Figures figures) {
        return figures.objectives().stream()
                .filter(one -> one.slo().equals(figures.objective()))
                .filter(one -> one.requests().canary() > 0)
                .findFirst()
                .map(one -> lines(one, figures.evidence()))
                .orElseGet(List::of);
    }

    private static List<String> lines(ObjectiveFigures objective, Figures.Ratios evidence) {
        var canary = objective.badRequests().canary() / objective.requests().canary();
        var compared = objective.requests().baseline() > 0;
        var stable = compared
                ? objective.badRequests().baseline() / objective.requests().baseline()
                : 0;
        var largest = Math.max(canary, stable);
        List<String> lines = new ArrayList<>();
        lines.add(objective.slo() + ", bad requests");
        lines.add(ratio("canary ", canary, largest));
        if (compared) {
            lines.add(ratio("stable ", stable, largest));
        }
        lines.add("evidence, logarithmic");
        lines.add(odds("against", evidence.fail(), evidence.failThreshold(), "abort"));
        lines.add(odds("for    ", evidence.pass(), evidence.passThreshold(), "promote"));
        return List.copyOf(lines);
    }

    private static String ratio(String name, double ratio, double largest) {
        return name + " " + bar(largest > 0 ? ratio / largest * COLUMNS : 0) + " "
                + (ratio > 0 ? NumberText.percent(ratio, DIGITS) : "0 %");
    }

    private static String odds(String name, double odds, double threshold, String decides) {
        var columns = odds > 1 && threshold > 1 ? Math.log(odds) / Math.log(threshold) * MARK : 0;
        var bar = new StringBuilder(bar(Math.min(COLUMNS, columns)));
        bar.setCharAt(MARK - 1, '┃');
        return name + " " + bar + " " + MessageText.ratio(odds) + ", " + decides + " at "
                + MessageText.ratio(threshold);
    }

    /** So many columns, to an eighth; what is above 0 can be seen. */
    private static String bar(double columns) {
        var eighths = columns > 0 ? (int) Math.max(1, Math.round(columns * EIGHTHS)) : 0;
        var bar = "█".repeat(eighths / EIGHTHS)
                + (eighths % EIGHTHS == 0 ? "" : String.valueOf(PARTS.charAt(eighths % EIGHTHS)));
        return bar + " ".repeat(COLUMNS - bar.length());
    }
}
