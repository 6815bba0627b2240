package dev.portcullis.analysis.store;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.evidence.Halves;
import dev.portcullis.analysis.evidence.Observation;
import dev.portcullis.analysis.fold.ArmResolutions;
import dev.portcullis.analysis.fold.CounterState;
import dev.portcullis.analysis.fold.Resolution;
import dev.portcullis.analysis.judge.Judgement;
import dev.portcullis.analysis.judge.ObjectiveEvidence;
import dev.portcullis.analysis.judge.PassShortage;
import dev.portcullis.analysis.judge.SharedBreach;
import dev.portcullis.analysis.judge.TestEvidence;
import dev.portcullis.analysis.judge.TestKind;
import dev.portcullis.analysis.judge.Verdict;
import dev.portcullis.analysis.mannwhitney.ArmSummary;
import dev.portcullis.analysis.mannwhitney.Bearing;
import dev.portcullis.analysis.mannwhitney.Classification;
import dev.portcullis.analysis.mannwhitney.Direction;
import dev.portcullis.analysis.mannwhitney.EffectLimits;
import dev.portcullis.analysis.mannwhitney.EffectMeasure;
import dev.portcullis.analysis.mannwhitney.GroupScore;
import dev.portcullis.analysis.mannwhitney.MetricClassification;
import dev.portcullis.analysis.mannwhitney.MetricPlan;
import dev.portcullis.analysis.mannwhitney.NanStrategy;
import dev.portcullis.analysis.mannwhitney.Outliers;
import dev.portcullis.analysis.mannwhitney.ScoreJudgement;
import dev.portcullis.analysis.mannwhitney.ScoreOutcome;
import dev.portcullis.analysis.mannwhitney.ScorePlan;
import dev.portcullis.analysis.mannwhitney.ScoreRange;
import dev.portcullis.analysis.mannwhitney.Shift;
import dev.portcullis.analysis.metric.Buckets;
import dev.portcullis.analysis.metric.Growth;
import dev.portcullis.analysis.metric.ObjectiveCounters;
import dev.portcullis.analysis.metric.PodCounters;
import dev.portcullis.analysis.metric.ProcessHistory;
import dev.portcullis.analysis.metric.RatioNumerator;
import dev.portcullis.analysis.query.Arms;
import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.analysis.run.AnalysisState;
import dev.portcullis.analysis.run.Assessment;
import dev.portcullis.analysis.run.FailBasis;
import dev.portcullis.analysis.run.Measurement;
import dev.portcullis.analysis.run.MeasuringStatus;
import dev.portcullis.analysis.run.ObjectiveBounds;
import dev.portcullis.analysis.run.OpenWindow;
import dev.portcullis.analysis.run.Pace;
import dev.portcullis.analysis.run.PreviousRelease;
import dev.portcullis.analysis.run.Purpose;
import dev.portcullis.analysis.run.RunPlan;
import dev.portcullis.analysis.run.RunStatus;
import dev.portcullis.analysis.run.ScoreAssessment;
import dev.portcullis.analysis.run.StableHistory;
import dev.portcullis.analysis.run.StableHistory.MeasuredObjective;
import dev.portcullis.analysis.run.Window;
import dev.portcullis.analysis.slo.AnalysisSettings;
import dev.portcullis.analysis.slo.AnalysisTiming;
import dev.portcullis.analysis.slo.BaselineChoice;
import dev.portcullis.analysis.slo.CanaryLimits;
import dev.portcullis.analysis.slo.ClusterSize;
import dev.portcullis.analysis.slo.LatencyIndicator;
import dev.portcullis.analysis.slo.Objective;
import dev.portcullis.analysis.slo.Provenance;
import dev.portcullis.analysis.slo.RatioIndicator;
import dev.portcullis.analysis.slo.ScoreSettings;
import dev.portcullis.analysis.slo.ServiceObjectives;
import dev.portcullis.analysis.slo.Severity;
import dev.portcullis.analysis.slo.SloBreach;
import dev.portcullis.analysis.slo.Strictness;
import dev.portcullis.analysis.stats.ConfidenceInterval;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** Analyses that between them have a value in every place that is stored. */
final class SampleRuns {
    static final Instant BEGIN = Instant.parse("2026-03-01T10:00:07.123456Z");

    private static final UUID ID = UUID.fromString("7f1d3a52-5f0e-4f43-9a30-0a7c1c3d9b11");

    private SampleRuns() {}

    /** Everything that can be there is. */
    static AnalysisRun full() {
        return new AnalysisRun(ID, plan(), status(), measurement(), assessment(), 17);
    }

    /** Everything that can be left out is. */
    static AnalysisRun bare() {
        var objective = new Objective(
                "errors", 0.95, Severity.INFORMATIONAL, new RatioIndicator("pods", "good_total", null, "all_total"));
        var plan = new RunPlan(
                new ServiceObjectives("shop", "version", List.of(objective), AnalysisSettings.DEFAULT),
                new Arms("version", "v2", null),
                BEGIN,
                "");
        return AnalysisRun.begin(ID, plan);
    }

    static Window window() {
        return new Window(3, BEGIN.plusSeconds(53), BEGIN.plusSeconds(83), counts(), halves());
    }

    private static Map<String, Observation> counts() {
        return Map.of(
                "availability",
                Observation.of(new ArmCounts(new Counts(0.1, 3), new Counts(1e-9, 1.0E300))),
                "latency",
                new Observation(List.of(
                        new ArmCounts(new Counts(7, 123456789.125), new Counts(5, 9007199254740993.0)),
                        new ArmCounts(new Counts(4, 123456789.125), new Counts(2, 9007199254740993.0)))));
    }

    private static Map<String, Halves> halves() {
        return Map.of("availability", new Halves(new Counts(1, 17), new Counts(2, 19.5)));
    }

    private static RunPlan plan() {
        return new RunPlan(
                Purpose.RELEASE,
                new ServiceObjectives(
                        "checkout", "hash", BaselineChoice.namedSet("hash", "peers"), objectives(), settings()),
                new Arms("hash", "new", "peers"),
                BEGIN,
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                history(),
                previous());
    }

    private static List<Objective> objectives() {
        return List.of(
                new Objective(
                        "availability",
                        0.999,
                        Severity.CRITICAL,
                        new RatioIndicator("prometheus", null, "requests{code=~\"5..\"}", "requests")),
                new Objective(
                        "latency", 0.99, Severity.MINOR, new LatencyIndicator("prometheus", "request_seconds", 0.3)));
    }

    private static AnalysisSettings settings() {
        return new AnalysisSettings(
                new AnalysisTiming(
                        Duration.ofMillis(1500),
                        Duration.ofSeconds(31),
                        Provenance.MEASURED,
                        Duration.ofMinutes(61),
                        Duration.ofMinutes(6),
                        Duration.ofSeconds(20)),
                new Strictness(0.011, 0.055, 3, SloBreach.HOLD),
                new ClusterSize(7.25, Provenance.NOT_MEASURED_YET),
                new CanaryLimits(2.5, 5.5, 1.5, 0.35, 2.25, 1.125),
                score());
    }

    private static ScoreSettings score() {
        var metric = new MetricPlan(
                "availability",
                Set.of("errors", "all"),
                Direction.EITHER,
                NanStrategy.REPLACE,
                new Outliers(3.5),
                new EffectLimits(EffectMeasure.CLES, 0.6, 0.4, 0.8, 0.2),
                true,
                true,
                false);
        var other = MetricPlan.badRatio("latency");
        var plan = new ScorePlan(0.3, 0.97, 60, 90, 70, new TreeMap<>(Map.of("errors", 60.5)), List.of(metric, other));
        return new ScoreSettings(plan, List.of(Duration.ofMinutes(20), Duration.ofMinutes(61)));
    }

    static StableHistory history() {
        return new StableHistory(
                BEGIN.minusSeconds(3600),
                List.of(
                        new MeasuredObjective("availability", 640, 1.75, true, 2, Optional.of(Duration.ofSeconds(90))),
                        new MeasuredObjective("latency", 12, 1, false, 1, Optional.empty())));
    }

    private static PreviousRelease previous() {
        return new PreviousRelease(
                UUID.fromString("11111111-2222-4333-8444-555555555555"),
                "old",
                BEGIN.minusSeconds(86_400),
                Map.of("availability", new Counts(3, 1_000_000)));
    }

    private static RunStatus status() {
        return new RunStatus(
                AnalysisState.RUNNING, Verdict.CONTINUE, BEGIN.plusSeconds(98), null, BEGIN.plusSeconds(113), null);
    }

    private static Measurement measurement() {
        return new Measurement(
                new MeasuringStatus(
                        MeasuringStatus.State.MEASURING, "", List.of("source 'pods': missing 10.0.0.7:8080")),
                counters(),
                new OpenWindow(
                        BEGIN.plusSeconds(83),
                        BEGIN.plusSeconds(114),
                        BEGIN.plusSeconds(90),
                        BEGIN.plusSeconds(98),
                        counts(),
                        Map.of("availability", Map.of("{pod=\"a\"}", new Counts(1, 2)))),
                new Measurement.Totals(
                        counts(),
                        Map.of("availability", Map.of("{pod=\"c\"}", new Counts(0, 5))),
                        BEGIN.plusSeconds(90)),
                3);
    }

    private static CounterState counters() {
        var told = new PodCounters(
                List.of(Map.of("{code=\"500\",pod=\"c\"}", 12.0)),
                Map.of("{code=\"200\",pod=\"c\"}", 9007199254740991.0, "{code=\"500\",pod=\"c\"}", 12.0),
                List.of(-0.5),
                1_772_355_600.25,
                new ProcessHistory(
                        1_772_359_207_123L,
                        List.of(3.0, 0.1),
                        0,
                        0,
                        44.5,
                        0,
                        true,
                        Optional.empty(),
                        Optional.of(new ProcessHistory.Doubt(10, "it fell"))));
        var untold = new PodCounters(List.of(Map.of("a", 0.1), Map.of("a", 0.2)), Map.of("a", 0.30000000000000004));
        return new CounterState(
                Map.of(
                        "availability",
                        new ObjectiveCounters(RatioNumerator.BAD, Map.of("{pod=\"c\"}", told), Map.of()),
                        "latency",
                        new ObjectiveCounters(RatioNumerator.GOOD, Map.of(), Map.of("{pod=\"s\"}", untold))),
                Map.of("latency", new Buckets(List.of(0.1, 0.25, 0.5), 2, 1, List.of(0, 1, 2))),
                Map.of("{pod=\"w\"}", BEGIN.plusSeconds(60)),
                Map.of("availability", new ArmResolutions(new Resolution(6, 24), new Resolution(17, 53))),
                List.of());
    }

    /** Counters of which some are not counted yet, and some are lost. */
    static CounterState waitingCounters() {
        var waiting =
                new ProcessHistory.Waiting(new Growth(List.of(12.0), 30.25), true, 30.5, true, 2, "its total leapt");
        var history = new ProcessHistory(
                1_772_359_207_123L, List.of(3.0), 2.5, 4.5, 0, 10, false, Optional.of(waiting), Optional.empty());
        var pod = PodCounters.ofRatio(Map.of("a", 12.0), Map.of("a", 44.5)).with(history);
        return new CounterState(
                Map.of("availability", new ObjectiveCounters(RatioNumerator.BAD, Map.of("a", pod), Map.of())),
                Map.of(),
                Map.of(),
                Map.of(),
                List.of("objective 'availability': pod {pod=\"a\"} of the canary: its total leapt"));
    }

    private static Assessment assessment() {
        return new Assessment(
                judgement(),
                new Pace(3, 0.25, -0.125),
                Duration.ZERO,
                BEGIN.plusSeconds(83),
                Map.of(),
                new FailBasis(2, true, List.of(new ObjectiveBounds(List.of(bounds(0.1)), List.of(bounds(1.5))))),
                new PassShortage("availability", TestKind.SLO, OptionalDouble.of(3000.5), 120),
                new ScoreAssessment(Verdict.CONTINUE, 1, BEGIN.plusSeconds(1200), scored()));
    }

    private static ConfidenceInterval bounds(double lower) {
        return new ConfidenceInterval(OptionalDouble.of(lower), OptionalDouble.empty());
    }

    private static Judgement judgement() {
        var shared =
                new TestEvidence(2.5, OptionalDouble.of(-1.25), true, List.of(2.5, 0.5), new SharedBreach(0.75, 1.5));
        var alone = new TestEvidence(0.1, OptionalDouble.empty(), false, List.of(0.1), null);
        return new Judgement(
                Verdict.CONTINUE,
                3,
                2.25,
                0.5,
                4.605170185988092,
                2.995732273553991,
                OptionalInt.of(2),
                OptionalInt.empty(),
                List.of(
                        new ObjectiveEvidence("availability", 0.8, shared, alone),
                        new ObjectiveEvidence("latency", 0.2, null, null)));
    }

    private static ScoreJudgement scored() {
        var compared = new MetricClassification(
                "availability",
                Classification.HIGH,
                Bearing.FAILING,
                new ArmSummary(57, 3, 0.0125),
                new ArmSummary(60, 0, 0.01),
                new Shift(0.0025, 0.001, 0.004, 1234.5),
                OptionalDouble.of(0.61),
                "higher");
        var not = new MetricClassification(
                "latency",
                Classification.NODATA,
                Bearing.NONE,
                new ArmSummary(0, 60, 0),
                new ArmSummary(60, 0, 0.01),
                null,
                OptionalDouble.empty(),
                "no data");
        return new ScoreJudgement(
                ScoreOutcome.MARGINAL,
                new ScoreRange(60, 80.25),
                List.of(new GroupScore("errors", 60.5, new ScoreRange(50, 70))),
                List.of(compared, not),
                "score between 60 and 80.25");
    }
}
