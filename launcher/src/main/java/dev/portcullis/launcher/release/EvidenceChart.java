package dev.portcullis.launcher.release;

import com.google.protobuf.Timestamp;
import dev.portcullis.kit.rpc.ProtoTimes;
import dev.portcullis.kit.text.NumberText;
import dev.portcullis.kit.text.PlainText;
import dev.portcullis.launcher.release.Paint.Colour;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.ConfidenceInterval;
import dev.portcullis.proto.analysis.v1.Counts;
import dev.portcullis.proto.analysis.v1.HistoryPoint;
import dev.portcullis.proto.analysis.v1.ObjectiveHistory;
import dev.portcullis.proto.analysis.v1.ObjectiveResult;
import java.math.RoundingMode;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How the evidence of an analysis grew and how its bounds narrowed, in characters. Stateless. */
public final class EvidenceChart {
    private static final int LEFT = 10;
    private static final int RIGHT = 24;
    private static final int FEWEST_COLUMNS = 20;
    private static final int MOST_COLUMNS = 120;
    private static final int LABEL = 12;
    private static final String HEADING = ": bad requests, and what is still possible";
    private static final int SHORTEST_NAME = 16;
    private static final int SPARK = 24;
    /** Between the columns of a line, and before it. */
    private static final int GAPS = 6;

    private static final double ABOVE_LIMIT = 1.5;
    private static final double ABOVE_LINE = 1.15;
    private static final double LARGEST_ODDS = 1e12;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Analysis analysis;
    private final int width;
    private final Glyphs glyphs;
    private final Paint paint;

    private EvidenceChart(Analysis analysis, int width, Glyphs glyphs, Paint paint) {
        this.analysis = analysis;
        this.width = width;
        this.glyphs = glyphs;
        this.paint = paint;
    }

    /**
     * The chart of the objective that the explanation is about, and the odds of all together; nothing before the first window.
     *
     * @param width of the terminal, in characters; a narrow one has a chart all the same
     */
    public static List<String> lines(Analysis analysis, int width, Glyphs glyphs, Paint paint) {
        return analysis.getHistoryCount() == 0 ? List.of() : new EvidenceChart(analysis, width, glyphs, paint).lines();
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        subject().ifPresent(objective -> lines.addAll(bands(objective)));
        lines.addAll(odds());
        return lines;
    }

    private Optional<ObjectiveResult> subject() {
        return analysis.getObjectivesList().stream()
                .filter(objective -> objective.getSlo().equals(analysis.getExplainedSlo()))
                .findFirst()
                .or(() -> analysis.getObjectivesList().stream().findFirst());
    }

    private List<String> bands(ObjectiveResult objective) {
        var points = analysis.getHistoryList().stream()
                .flatMap(point -> of(point, objective.getSlo()).stream())
                .toList();
        if (points.isEmpty()) {
            return List.of();
        }
        var limit = objective.getLimits().getSloFailRatio();
        var columns = Math.clamp((long) width - LEFT - RIGHT, FEWEST_COLUMNS, MOST_COLUMNS);
        var plot = new TextPlot(columns, largest(points, limit), glyphs, paint);
        draw(plot, points, columns, limit);
        List<String> lines = new ArrayList<>();
        lines.add("  " + PlainText.line(objective.getSlo(), Math.max(SHORTEST_NAME, width - HEADING.length() - 2))
                + HEADING);
        lines.add("  " + paint.in(Colour.CANARY, glyphs.canaryBand() + " canary")
                + (points.getLast().hasBaseline()
                        ? "  " + paint.in(Colour.STABLE, glyphs.stableBand() + " stable version")
                        : ""));
        lines.addAll(plot.lines(
                time(analysis.getHistory(0).getTime()),
                time(analysis.getHistory(analysis.getHistoryCount() - 1).getTime()) + " UTC"));
        return lines;
    }

    private void draw(TextPlot plot, List<ObjectiveHistory> points, int columns, double limit) {
        for (var column = 0; column < columns; column++) {
            var point = points.get(index(column, columns, points.size()));
            band(plot, column, point.getCanary(), glyphs.canaryBand(), Colour.CANARY);
            band(plot, column, point.getBaseline(), glyphs.stableBand(), Colour.STABLE);
        }
        plot.line(column -> limit, glyphs.limit(), Colour.LIMIT);
        plot.line(
                column -> ratio(points.get(index((int) column, columns, points.size()))
                        .getCounts()
                        .getBaseline()),
                glyphs.stable(),
                Colour.STABLE);
        plot.line(
                column -> ratio(points.get(index((int) column, columns, points.size()))
                        .getCounts()
                        .getCanary()),
                glyphs.canary(),
                Colour.CANARY);
        var last = points.getLast().getCounts();
        label(plot, "canary", ratio(last.getCanary()), Colour.CANARY);
        label(plot, "stable", ratio(last.getBaseline()), Colour.STABLE);
        label(plot, "limit", limit, Colour.LIMIT);
    }

    private static void label(TextPlot plot, String name, double ratio, Colour colour) {
        if (!Double.isNaN(ratio)) {
            plot.label(ratio, name + " " + NumberText.percent(ratio, 2), colour);
        }
    }

    private static void band(TextPlot plot, int column, ConfidenceInterval bounds, char glyph, Colour colour) {
        if (bounds.hasUpper()) {
            plot.band(column, bounds.getLower(), bounds.getUpper(), glyph, colour);
        }
    }

    /** The point that a column shows. */
    private static int index(int column, int columns, int points) {
        return columns == 1 ? points - 1 : (int) Math.round((double) column * (points - 1) / (columns - 1));
    }

    private static double largest(List<ObjectiveHistory> points, double limit) {
        var lines = points.stream()
                .flatMap(point ->
                        List.of(
                                ratio(point.getCounts().getCanary()),
                                ratio(point.getCounts().getBaseline()))
                                .stream())
                .filter(ratio -> !Double.isNaN(ratio))
                .max(Double::compare)
                .orElse(0.0);
        var last = points.getLast();
        var bounds = Math.max(last.getCanary().getUpper(), last.getBaseline().getUpper());
        var most = Math.max(limit * ABOVE_LIMIT, Math.max(lines, bounds) * ABOVE_LINE);
        return most > 0 ? most : 1;
    }

    private static double ratio(Counts counts) {
        return counts.getTotal() > 0 ? counts.getBad() / counts.getTotal() : Double.NaN;
    }

    private static Optional<ObjectiveHistory> of(HistoryPoint point, String slo) {
        return point.getObjectivesList().stream()
                .filter(objective -> objective.getSlo().equals(slo))
                .findFirst();
    }

    private List<String> odds() {
        var evidence = analysis.getEvidence();
        var last = analysis.getHistory(analysis.getHistoryCount() - 1);
        var against = new Odds(
                "against",
                Colour.CANARY,
                HistoryPoint::getFail,
                evidence.getFailThreshold(),
                Colour.LIMIT,
                "abort at " + ratio(evidence.getFailThreshold()));
        var pro = new Odds(
                "for",
                Colour.STABLE,
                HistoryPoint::getPass,
                evidence.getPassThreshold(),
                Colour.GOAL,
                "promote at " + ratio(evidence.getPassThreshold()));
        var figures =
                Math.max(ratio(last.getFail()).length(), ratio(last.getPass()).length());
        var targets = Math.max(against.target.length(), pro.target.length());
        var bar = Math.clamp((long) width - LABEL - spark() - figures - targets - GAPS, 0, MOST_COLUMNS);
        return List.of(odds(against, last, figures, bar), odds(pro, last, figures, bar));
    }

    /**
     * Evidence of one kind.
     *
     * @param threshold at which it decides, natural logarithm
     * @param target what it decides, and when
     */
    private record Odds(
            String name,
            Colour colour,
            ToDoubleFunction<HistoryPoint> evidence,
            double threshold,
            Colour goal,
            String target) {}

    /** How the evidence came to where it is, and how far that is on the way to its threshold. */
    private String odds(Odds odds, HistoryPoint last, int figures, int bar) {
        var now = odds.evidence.applyAsDouble(last);
        var full = (int) Math.round(bar * Math.clamp(now / odds.threshold, 0, 1));
        var figure = ratio(now);
        return "  " + odds.name + " ".repeat(LABEL - odds.name.length())
                + paint.in(odds.colour, spark(odds)) + " " + figure + " ".repeat(figures - figure.length() + 1)
                + paint.in(odds.colour, String.valueOf(glyphs.full()).repeat(full))
                + paint.in(Colour.AXIS, String.valueOf(glyphs.empty()).repeat(bar - full))
                + "  " + paint.in(odds.goal, odds.target);
    }

    private int spark() {
        return Math.min(SPARK, analysis.getHistoryCount());
    }

    private String spark(Odds odds) {
        var columns = spark();
        var levels = glyphs.levels();
        return IntStream.range(0, columns)
                .map(column -> index(column, columns, analysis.getHistoryCount()))
                .mapToObj(point -> {
                    var part =
                            Math.clamp(odds.evidence.applyAsDouble(analysis.getHistory(point)) / odds.threshold, 0, 1);
                    return String.valueOf(levels.charAt((int) Math.round(part * (levels.length() - 1))));
                })
                .collect(Collectors.joining());
    }

    private static String ratio(double evidence) {
        var odds = Math.exp(evidence);
        return Double.isNaN(odds)
                ? "not known"
                : NumberText.rounded(Math.min(odds, LARGEST_ODDS), 2, RoundingMode.HALF_UP) + " : 1";
    }

    private static String time(Timestamp time) {
        return TIME.format(ProtoTimes.instant(time));
    }
}
