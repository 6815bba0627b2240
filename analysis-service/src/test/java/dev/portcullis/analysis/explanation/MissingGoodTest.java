package dev.portcullis.analysis.explanation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.judge.Verdict;
import dev.portcullis.analysis.metric.CounterReading;
import dev.portcullis.analysis.metric.ObjectiveCounters;
import dev.portcullis.analysis.metric.PodCounters;
import dev.portcullis.analysis.metric.RatioNumerator;
import dev.portcullis.analysis.run.MeasuringStatus;
import dev.portcullis.analysis.slo.Objective;
import dev.portcullis.analysis.slo.RatioIndicator;
import dev.portcullis.analysis.slo.Severity;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A version without any series of good requests: it failed them all, or counts them by another name. */
final class MissingGoodTest {
    private static final String APART = "good_total";
    private static final String AMONG_ALL = "all_total{code!~\"5..\"}";

    @Test
    void ofAMetricOfItsOwnNobodyKnowsAndItIsNamed() {
        var run = run(APART, "old");
        for (int t = 0; t < 15; t++) {
            run.take(reading(Map.of(), 100 * t, Map.of(APART, 900.0 * t), 900 * t));
        }
        assertEquals(MeasuringStatus.State.UNREACHABLE, state(run));
        assertEquals(Verdict.CONTINUE, run.run.status().verdict());
        assertTrue(
                run.text()
                        .contains(
                                "objective 'availability': the canary has counted 1,400 requests and has no series of good"
                                        + " ones, good_total, which the stable version has; a version that counts them by another"
                                        + " name looks like one that serves none"),
                run.text());
    }

    @Test
    void withoutABaselineItIsNoFailureEither() {
        var run = run(APART, null);
        for (int t = 0; t < 15; t++) {
            run.take(reading(Map.of(), 100 * t, Map.of(), 0));
        }
        assertEquals(MeasuringStatus.State.UNREACHABLE, state(run));
        assertEquals(Verdict.CONTINUE, run.run.status().verdict());
    }

    @Test
    void ofAStableVersionItIsToldToo() {
        var run = run(APART, "old");
        for (int t = 0; t < 15; t++) {
            run.take(reading(Map.of(APART, 100.0 * t), 100 * t, Map.of(), 900 * t));
        }
        assertEquals(MeasuringStatus.State.UNREACHABLE, state(run));
        assertTrue(run.text().contains("the stable version has counted 12,600 requests"), run.text());
    }

    /** The series of failed requests show that the metric is there. */
    @Test
    void ofTheMetricThatCountsAllItIsAnOutage() {
        var run = run(AMONG_ALL, "old");
        for (int t = 0; run.run.isRunning(); t++) {
            run.take(reading(Map.of(), 100 * t, Map.of("ok", 900.0 * t), 900 * t));
        }
        assertEquals(Verdict.FAIL, run.run.status().verdict(), run::text);
    }

    /** It was seen to count good requests, or to be there with none. */
    @ParameterizedTest
    @CsvSource({"100, false", "100, true", "0, false"})
    void whereItHadTheSeriesItIsAnOutage(double good, boolean restarted) {
        var run = run(APART, "old");
        run.take(reading(Map.of(APART, 0.0), 0, Map.of(APART, 0.0), 0));
        run.take(reading(Map.of(APART, good), 100, Map.of(APART, 900.0), 900));
        for (int t = 1; run.run.isRunning(); t++) {
            Map<String, Double> of = restarted ? Map.of() : Map.of(APART, good);
            double all = restarted ? 90 * t : 100 + 100 * t;
            run.take(reading(of, all, Map.of(APART, 900.0 + 900 * t), 900 + 900 * t));
        }
        assertEquals(Verdict.FAIL, run.run.status().verdict(), run::text);
    }

    @Test
    void whatItServedUntilTheSeriesIsThereCountsThen() {
        var run = run(APART, "old");
        for (int t = 0; t < 5; t++) {
            run.take(reading(Map.of(), 100 * t, Map.of(APART, 900.0 * t), 900 * t));
        }
        run.take(reading(Map.of(APART, 499.0), 500, Map.of(APART, 4_500.0), 4_500));
        run.take(reading(Map.of(APART, 599.0), 600, Map.of(APART, 5_400.0), 5_400));
        assertEquals(MeasuringStatus.State.MEASURING, state(run));
        var counted = run.run
                .measurement()
                .totals()
                .counts()
                .get("availability")
                .at(0)
                .canary();
        assertEquals(1, counted.bad());
        assertEquals(600, counted.total());
    }

    private static ScriptedRun run(String good, String baseline) {
        return new ScriptedRun(
                ScriptedRun.SETTINGS,
                baseline,
                new Objective(
                        "availability",
                        0.999,
                        Severity.CRITICAL,
                        new RatioIndicator("prometheus", good, null, "all_total")));
    }

    private static CounterReading reading(
            Map<String, Double> good, double all, Map<String, Double> goodOfStable, double allOfStable) {
        return new CounterReading.Counters(Map.of(
                "availability",
                new ObjectiveCounters(
                        RatioNumerator.GOOD,
                        Map.of("c", pod(good, all)),
                        Map.of("s", pod(goodOfStable, allOfStable)))));
    }

    private static PodCounters pod(Map<String, Double> good, double all) {
        return PodCounters.ofRatio(good, Map.of("all", all));
    }

    private static MeasuringStatus.State state(ScriptedRun run) {
        return run.run.measurement().measuringStatus().state();
    }
}
