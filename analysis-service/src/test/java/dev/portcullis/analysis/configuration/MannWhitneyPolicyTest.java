package dev.portcullis.analysis.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.mannwhitney.Direction;
import dev.portcullis.analysis.mannwhitney.EffectLimits;
import dev.portcullis.analysis.mannwhitney.EffectMeasure;
import dev.portcullis.analysis.mannwhitney.MetricPlan;
import dev.portcullis.analysis.mannwhitney.NanStrategy;
import dev.portcullis.analysis.mannwhitney.Outliers;
import dev.portcullis.analysis.mannwhitney.ScorePlan;
import dev.portcullis.analysis.slo.AnalysisSettings;
import dev.portcullis.analysis.slo.ScoreSettings;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.testing.Page;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MannWhitneyPolicyTest {
    private static final String SECOND_SLO = Folder.SLO
            .replace("checkout-availability", "checkout-latency")
            .replace("http_requests_total{service=\"checkout\",code!~\"5..\"}", "fast_total")
            .replace("target: 0.999", "target: 0.75");

    @TempDir
    private Path path;

    private Folder folder;

    @BeforeEach
    void empty() {
        folder = new Folder(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{judge: sequential}", "{poll: 10s}"})
    void theSequentialJudgeIsTheDefault(String analysis) {
        assertNull(settings(analysis).score());
    }

    @Test
    void theJudgeAloneIsEnough() {
        AnalysisSettings settings = settings("{judge: mann-whitney}");
        ScorePlan plan = ScorePlan.of(List.of(MetricPlan.badRatio("checkout-availability")));
        assertEquals(new ScoreSettings(plan, List.of(Duration.ofMinutes(60))), settings.score());
        assertEquals(Duration.ZERO, settings.timing().bake());
    }

    @Test
    void everythingThatCanBeSetIsTakenOver() {
        folder.write("a.yaml", Folder.SLO, SECOND_SLO, """
                apiVersion: portcullis.dev/v1
                kind: ReleasePolicy
                metadata: {name: checkout}
                spec:
                  service: checkout
                  objectives:
                  - {slo: checkout-availability, severity: critical}
                  - {slo: checkout-latency, severity: informational}
                  analysis:
                    judge: mann-whitney
                    window: 30s
                    deadline: 30m
                    mannWhitney:
                      tolerance: 0.1
                      confidence: 0.95
                      minWindows: 20
                      passScore: 90
                      marginalScore: 60
                      looks: [10m, 20m]
                      groupWeights: {errors: 100}
                      metrics:
                        checkout-availability:
                          groups: [errors]
                          direction: either
                          nanStrategy: replace
                          outlierFactor: 3
                          mustHaveData: true
                          effectSize: {measure: cles, allowedIncrease: 0.6, allowedDecrease: 0.4, criticalIncrease: 0.8, criticalDecrease: 0.2}
                        checkout-latency:
                          effectSize: {allowedIncrease: 1.5}
                """);
        MetricPlan availability = new MetricPlan(
                "checkout-availability",
                Set.of("errors"),
                Direction.EITHER,
                NanStrategy.REPLACE,
                new Outliers(3),
                new EffectLimits(EffectMeasure.CLES, 0.6, 0.4, 0.8, 0.2),
                true,
                true,
                false);
        MetricPlan latency = new MetricPlan(
                "checkout-latency",
                Set.of("default"),
                Direction.INCREASE,
                NanStrategy.REMOVE,
                Outliers.KEPT,
                new EffectLimits(EffectMeasure.MEAN_RATIO, 1.5, 1, 1.5, 1),
                false,
                false,
                true);
        ScorePlan plan = new ScorePlan(0.1, 0.95, 20, 90, 60, Map.of("errors", 100.0), List.of(availability, latency));
        List<Duration> looks = List.of(Duration.ofMinutes(10), Duration.ofMinutes(20), Duration.ofMinutes(30));
        AnalysisSettings settings = parsed().services().get("checkout").settings();
        assertEquals(new ScoreSettings(plan, looks), settings.score());
        // A target of 75 % leaves no room for five times its budget: the tests for comparison take what there is.
        assertEquals(0.9, 0.25 * settings.limits().burnPass(), 1e-12);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "judge: kayenta | a.yaml:22: spec.analysis.judge is 'kayenta'; legal: sequential, mann-whitney",
                "judge: mann-whitny | (did you mean 'mann-whitney'?)",
                "mannWhitney: {tolerance: 0.1} | spec.analysis.mannWhitney is for judge mann-whitney, and the policy's judge is sequential by default",
                "^judge: sequential, mannWhitney: {}^ | and the policy's judge is sequential; legal: without mannWhitney, or",
                "^judge: mann-whitney, alpha: 0.01^ | spec.analysis.alpha is for judge sequential, and the policy's judge is mann-whitney",
                "^judge: mann-whitney, beta: 0.01^ | spec.analysis.beta is for judge sequential",
                "^judge: mann-whitney, bake: 1m^ | spec.analysis.bake is for judge sequential",
                "^judge: mann-whitney, minFailWindows: 3^ | spec.analysis.minFailWindows is for judge sequential",
                "^judge: mann-whitney, clusterSize: 5^ | spec.analysis.clusterSize is for judge sequential",
                "^judge: mann-whitney, sloBreach: hold^ | spec.analysis.sloBreach is for judge sequential",
                "^judge: mann-whitney, slo: {burnFail: 2}^ | spec.analysis.slo is for judge sequential",
                "^judge: mann-whitney, baseline: {failFactor: 2}^ | spec.analysis.baseline is for judge sequential",
                "^judge: mann-whitney, window: measured^ | spec.analysis.window is measured; legal for judge mann-whitney: a duration",
            })
    void aSettingOfTheOtherJudgeIsRefusedByName(String settings, String fault) {
        assertFault("{" + settings + "}", fault);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "tolerance: 2 | a.yaml:22: spec.analysis.mannWhitney.tolerance is 2; legal:",
                "confidence: 1 | spec.analysis.mannWhitney.confidence is 1; legal:",
                "minWindows: 4 | spec.analysis.mannWhitney.minWindows is 4; legal: in [5, 100000]; with fewer nothing is significant",
                "minWindows: 121 | spec.analysis.mannWhitney.minWindows is 121; legal: at most the 120 windows up to the first look",
                "passScore: 101 | spec.analysis.mannWhitney.passScore is 101; legal:",
                "passScore: 50 | spec.analysis.mannWhitney.marginalScore is 75.0; legal: in [0.0, 50.0]",
                "marginalScore: -1 | spec.analysis.mannWhitney.marginalScore is -1; legal:",
                "looks: 10m | spec.analysis.mannWhitney.looks is '10m'; legal: a list of durations",
                "^looks: [soon]^ | spec.analysis.mannWhitney.looks[0] is 'soon'; legal: a duration from 30s to 1h",
                "^looks: [40m, 30m]^ | spec.analysis.mannWhitney.looks are 3 with the deadline, not rising; legal: at most 20, rising",
                "^looks: [1h]^ | not rising; legal: at most 20, rising, each before the deadline",
                "^looks: [10m]^ | minWindows is 50 by default; legal: at most the 20 windows up to the first look, 10m after the beginning",
                "groupWeights: {default: 90} | spec.analysis.mannWhitney.groupWeights is together 90.0; legal: together 100.0",
                "groupWeights: {errors: 90} | groupWeights is for errors; legal: for a group that has a metric which counts: [default]",
                "groupWeights: {default: much} | spec.analysis.mannWhitney.groupWeights.default is 'much'; legal:",
                "metrics: {checkout: {}} | unknown key 'checkout' in spec.analysis.mannWhitney.metrics",
                "metrics: {checkout-availability: {direction: up}} | direction is 'up'; legal: increase, decrease, either",
                "metrics: {checkout-availability: {nanStrategy: none}} | nanStrategy is 'none'; legal: remove, replace",
                "metrics: {checkout-availability: {outlierFactor: -1}} | outlierFactor is -1; legal:",
                "metrics: {checkout-availability: {groups: []}} | groups holds no name; legal: a list such as [latency]",
                "metrics: {checkout-availability: {effectSize: {measure: ratio}}} | measure is 'ratio'; legal: meanRatio, cles",
                "metrics: {checkout-availability: {effectSize: {allowedIncrease: 0.5}}} | allowedIncrease is 0.5; legal:",
                "^metrics: {checkout-availability: {effectSize: {measure: cles, allowedIncrease: 1.1}}}^ | allowedIncrease is 1.1; legal:",
                "^metrics: {checkout-availability: {effectSize: {allowedIncrease: 2, criticalIncrease: 1.5}}}^ | criticalIncrease is 1.5; legal:",
                "metrics: {checkout-availability: {critical: true}} | unknown key 'critical'",
                "tolerence: 0.1 | unknown key 'tolerence' in spec.analysis.mannWhitney (did you mean 'tolerance'?)",
            })
    void aFaultySettingIsRefusedWithItsRange(String settings, String fault) {
        assertFault("{judge: mann-whitney, mannWhitney: {" + settings + "}}", fault);
    }

    @Test
    void thePolicyOfTheDocsCanBeCopied() {
        String policy = Page.of("docs/judges/mann-whitney.md").blocks("yaml").getFirst();
        folder.write("a.yaml", Folder.SLO, SECOND_SLO, policy);
        ScoreSettings score = parsed().services().get("checkout").settings().score();
        assertEquals(3, score.looks().size());
        assertTrue(score.plan().metrics().getFirst().critical());
    }

    private AnalysisSettings settings(String analysis) {
        folder.write("a.yaml", Folder.SLO, Folder.POLICY + "  analysis: " + analysis + "\n");
        return parsed().services().get("checkout").settings();
    }

    private AnalysisConfiguration parsed() {
        Faults faults = new Faults();
        AnalysisConfiguration configuration = folder.parse(faults);
        assertEquals(List.of(), faults.list());
        return configuration;
    }

    private void assertFault(String analysis, String fault) {
        folder.write("a.yaml", Folder.SLO, Folder.POLICY + "  analysis: " + analysis + "\n");
        List<String> faults = folder.faults();
        assertEquals(1, faults.size(), faults::toString);
        assertTrue(faults.getFirst().contains(fault), faults::toString);
    }
}
