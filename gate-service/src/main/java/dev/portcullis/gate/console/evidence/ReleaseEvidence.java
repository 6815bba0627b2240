package dev.portcullis.gate.console.evidence;

import dev.portcullis.gate.analysis.Judge;
import dev.portcullis.gate.analysis.MeasuringState;
import dev.portcullis.gate.console.chart.Figure;
import dev.portcullis.gate.console.chart.OddsChart;
import dev.portcullis.gate.console.chart.ShareBar;
import dev.portcullis.gate.evidence.AnalysisDetail;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The evidence of a release on a page.
 *
 * @param missing why there is nothing to show, in a sentence; empty when there is
 * @param warning what keeps the canary from being measured now; may be empty
 * @param bands the objective that matters most, over time; empty before the first window
 * @param odds the evidence of all tests, over time; empty before the first window
 * @param share how requests divide between the versions; empty without a baseline
 * @param tiles the objectives, worst first
 * @param outlook what would change what the evidence says
 * @param notes of the judge
 * @param previous what was counted of the release before, a line for each objective; empty unless it stands in for a baseline
 */
public record ReleaseEvidence(
        String missing,
        String warning,
        Optional<ChartView> bands,
        Optional<ChartView> odds,
        Optional<ShareBar> share,
        List<ObjectiveTile> tiles,
        List<String> outlook,
        List<String> notes,
        List<String> previous) {
    /** Keeps its own copies. */
    public ReleaseEvidence {
        tiles = List.copyOf(tiles);
        outlook = List.copyOf(outlook);
        notes = List.copyOf(notes);
        previous = List.copyOf(previous);
    }

    /** Nothing to show, and why, in a sentence. */
    public static ReleaseEvidence missing(String why) {
        return new ReleaseEvidence(
                why,
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    /** What there is to show of an analysis. */
    public static ReleaseEvidence of(AnalysisDetail detail) {
        var tiles = new ObjectiveTiles(detail).tiles();
        var subject = subject(detail, tiles);
        return new ReleaseEvidence(
                "",
                warning(detail),
                subject.flatMap(ObjectiveTile::chart),
                odds(detail),
                share(detail),
                tiles,
                new Outlook(detail, subject.map(ObjectiveTile::slo).orElse("")).sentences(),
                detail.notes(),
                previous(detail));
    }

    /** The objective that the sentence is about; else the worst. */
    private static Optional<ObjectiveTile> subject(AnalysisDetail detail, List<ObjectiveTile> tiles) {
        var told = detail.report().figures().objective();
        return tiles.stream()
                .filter(tile -> tile.slo().equals(told))
                .findFirst()
                .or(() -> tiles.stream().findFirst());
    }

    private static String warning(AnalysisDetail detail) {
        var report = detail.report();
        return report.ended() || report.measuring() == MeasuringState.MEASURING
                ? ""
                : "The canary is not measured at present: " + report.measuringDetail();
    }

    private static Optional<ChartView> odds(AnalysisDetail detail) {
        if (detail.history().isEmpty()) {
            return Optional.empty();
        }
        var evidence = detail.evidence();
        var chart = new OddsChart(
                "Evidence for and against the canary, all objectives together",
                detail.history().stream()
                        .map(point -> new OddsChart.OddsPoint(point.time(), point.fail(), point.pass()))
                        .toList(),
                evidence.failThreshold(),
                evidence.passThreshold(),
                detail.begin());
        return Optional.of(ChartView.of(chart, caption(detail)));
    }

    private static String caption(AnalysisDetail detail) {
        return detail.report().judge() == Judge.SEQUENTIAL
                ? "A canary within its limits is ever aborted with a probability of "
                        + Figure.percent(Math.exp(-detail.evidence().failThreshold()))
                        + " at most, however often one looks."
                : "The score of this policy's judge decides; the evidence is shown for comparison.";
    }

    private static Optional<ShareBar> share(AnalysisDetail detail) {
        return detail.objectives().stream()
                .filter(objective -> objective.limits().comparison().isPresent())
                .max(Comparator.comparingDouble(objective -> objective.canary().total()))
                .map(objective -> new ShareBar(
                        objective.canary().total(), objective.baseline().total()));
    }

    private static List<String> previous(AnalysisDetail detail) {
        List<String> lines = new ArrayList<>();
        detail.previous().ifPresent(previous -> previous.objectives()
                .forEach(objective -> lines.add(objective.slo()
                        + ": " + EvidenceText.counted(objective.requests(), "bad") + ", canary '" + previous.canary()
                        + "', until " + EvidenceText.time(previous.end()))));
        return lines;
    }
}
