package dev.portcullis.gate.console.evidence;

import dev.portcullis.gate.analysis.AnalysisProgress;
import dev.portcullis.gate.analysis.AnalysisReport;
import dev.portcullis.gate.analysis.AnalysisState;
import dev.portcullis.gate.analysis.CanaryTraffic;
import dev.portcullis.gate.analysis.Figures;
import dev.portcullis.gate.analysis.Judge;
import dev.portcullis.gate.analysis.MeasuringState;
import dev.portcullis.gate.analysis.ObjectiveFigures;
import dev.portcullis.gate.analysis.TestKind;
import dev.portcullis.gate.analysis.Verdict;
import dev.portcullis.gate.evidence.AnalysisDetail;
import dev.portcullis.gate.evidence.Evidence;
import dev.portcullis.gate.evidence.EvidencePoint;
import dev.portcullis.gate.evidence.Forecast;
import dev.portcullis.gate.evidence.Interval;
import dev.portcullis.gate.evidence.ObjectiveDetail;
import dev.portcullis.gate.evidence.ObjectivePoint;
import dev.portcullis.gate.evidence.PreviousRelease;
import dev.portcullis.gate.evidence.RequestCount;
import dev.portcullis.gate.evidence.TrafficShortage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;

/** Analyses as analysis-service tells them, half an hour into a release, of which a test changes what it is about. */
final class SampleDetail {
    static final Instant BEGIN = Instant.parse("2026-12-01T10:00:00Z");
    private static final int WINDOWS = 30;

    Verdict verdict = Verdict.CONTINUE;
    AnalysisState state = AnalysisState.RUNNING;
    Judge judge = Judge.SEQUENTIAL;
    MeasuringState measuring = MeasuringState.MEASURING;
    String measuringDetail = "";
    Evidence evidence = new Evidence(Math.log(6.3), Math.log(1.4), Math.log(100), Math.log(20));
    int windows = WINDOWS;
    String subject = "";
    Optional<Forecast> forecast =
            Optional.of(new Forecast(10, Optional.of(Duration.ofMinutes(6)), Optional.of(Duration.ofSeconds(225))));
    Optional<TrafficShortage> shortage = Optional.empty();
    List<String> notes = List.of();
    Optional<PreviousRelease> previous = Optional.empty();
    final List<ObjectiveDetail> objectives = new ArrayList<>();

    /** With an availability beside a stable version, of which 0.4 % of the canary's requests fail and 0.1 % of the stable version's. */
    static SampleDetail availability() {
        var sample = new SampleDetail();
        sample.objectives.add(objective("checkout-availability", 0.004, 0.001));
        return sample;
    }

    static ObjectiveDetail objective(String slo, double canary, double stable) {
        return objective(slo, canary, stable, 1, Set.of());
    }

    /** Held against 0.5 %, and twice the stable version's ratio plus 0.05 %. */
    static ObjectiveDetail objective(String slo, double canary, double stable, double weight, Set<TestKind> culprits) {
        return new ObjectiveDetail(
                slo,
                0.999,
                weight,
                OptionalDouble.empty(),
                new RequestCount(canary * 18_000, 18_000),
                new RequestCount(stable * 180_000, 180_000),
                new ObjectiveDetail.Limits(0.005, Optional.of(new ObjectiveDetail.Comparison(2, 0.0005))),
                new Interval(OptionalDouble.of(canary * 0.7), OptionalDouble.of(canary * 1.4)),
                Optional.of(new Interval(
                        OptionalDouble.of(canary / stable * 0.6), OptionalDouble.of(canary / stable * 1.7))),
                List.of(),
                culprits,
                false,
                List.of(
                        pod("{pod=\"checkout-7d9c8-a\"}", canary * 18_000, 6_000),
                        pod("{pod=\"checkout-7d9c8-b\"}", 0, 6_000),
                        pod("{pod=\"checkout-7d9c8-c\"}", 0, 6_000)),
                Optional.empty());
    }

    static ObjectiveDetail.PodCount pod(String name, double bad, double total) {
        return new ObjectiveDetail.PodCount(name, new RequestCount(bad, total));
    }

    AnalysisDetail detail() {
        return new AnalysisDetail(
                report(),
                BEGIN,
                Duration.ofSeconds(30),
                evidence,
                IntStream.rangeClosed(1, windows).mapToObj(this::point).toList(),
                objectives,
                forecast,
                shortage,
                notes,
                previous);
    }

    private AnalysisReport report() {
        return new AnalysisReport(
                "analyses/0f0e0d0c-0000-0000-0000-000000000001",
                7,
                state,
                judge,
                verdict,
                measuring,
                measuringDetail,
                new AnalysisProgress(windows, BEGIN.plusSeconds(30L * windows)),
                BEGIN.plus(Duration.ofHours(1)),
                Set.of(),
                Set.of(),
                shortage.isPresent(),
                new CanaryTraffic(true, Duration.ZERO),
                Figures.about(
                        subject,
                        new Figures.Ratios(6.3, 1.4, 100, 20),
                        objectives.stream()
                                .map(one -> new ObjectiveFigures(
                                        one.slo(),
                                        new Figures.Arms(
                                                one.canary().total(),
                                                one.baseline().total()),
                                        new Figures.Arms(
                                                one.canary().bad(),
                                                one.baseline().bad()),
                                        Figures.Arms.NOTHING_COUNTED,
                                        Figures.Arms.NOTHING_COUNTED))
                                .toList()),
                "",
                () -> "{}");
    }

    private EvidencePoint point(int window) {
        var part = (double) window / windows;
        return new EvidencePoint(
                window,
                BEGIN.plusSeconds(30L * window),
                evidence.fail() * part,
                evidence.pass() * part,
                objectives.stream().map(one -> point(one, part)).toList());
    }

    private static ObjectivePoint point(ObjectiveDetail objective, double part) {
        var width = 1 + 1.5 / (30 * part);
        return new ObjectivePoint(
                objective.slo(),
                part(objective.canary(), part),
                part(objective.baseline(), part),
                wider(objective.ratio(), width),
                objective.limits().comparison().isPresent()
                        ? Optional.of(wider(
                                new Interval(
                                        OptionalDouble.of(
                                                objective.baseline().ratio().orElse(0) * 0.9),
                                        OptionalDouble.of(
                                                objective.baseline().ratio().orElse(0) * 1.1)),
                                width))
                        : Optional.empty());
    }

    private static RequestCount part(RequestCount count, double part) {
        return new RequestCount(count.bad() * part, count.total() * part);
    }

    private static Interval wider(Interval interval, double factor) {
        return new Interval(
                OptionalDouble.of(interval.lower().orElse(0) / factor),
                OptionalDouble.of(interval.upper().orElse(1) * factor));
    }
}
