package dev.portcullis.analysis.tool.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.judge.PassRequirement;
import dev.portcullis.analysis.slo.AnalysisSettings;
import dev.portcullis.analysis.slo.AnalysisTiming;
import dev.portcullis.analysis.slo.Objective;
import dev.portcullis.analysis.slo.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetectionTest {
    /** By requests per second; the same for all tests that ask. */
    private static final Map<Double, ObjectiveDetection> DEFAULTS = new ConcurrentHashMap<>();

    /** An independent implementation's figures for the default policy (2000 releases), to three standard errors of the 400 here. */
    @ParameterizedTest(name = "{0} requests/s, {1}: aborted {2}-{3}")
    @CsvSource({
        "1,    as stable, 0,    0.01",
        "1,    x2,        0,    0.01",
        "1,    x5,        0,    0.02",
        "1,    x10,       0.35, 0.51",
        "1,    all,       1,    1",
        "50,   as stable, 0,    0.01",
        "50,   x2,        0,    0.025",
        "50,   x5,        1,    1",
        "50,   x10,       1,    1",
        "50,   all,       1,    1",
        "5000, as stable, 0,    0",
        "5000, x2,        0,    0.01",
        "5000, x5,        1,    1",
        "5000, x10,       1,    1",
        "5000, all,       1,    1"
    })
    void abortsAsOftenAsTheSpecificationSays(double rate, String effect, double least, double most) {
        double share = effectOutcomes(at(rate), effect).outcomeCounts().abortedShare();
        assertTrue(share >= least && share <= most, () -> "aborted " + share);
    }

    @ParameterizedTest(name = "{0} requests/s, {1}: median {2}-{3} s, 90 % {4}-{5} s")
    @CsvSource({
        "1,    x10, 1950, 2550, 3090, 3600",
        "1,    all,   60,   60,   60,   60",
        "50,   x5,   360,  420,  480,  600",
        "50,   x10,  210,  240,  240,  270",
        "50,   all,   60,   60,   60,   60",
        "5000, x5,   330,  330,  330,  330",
        "5000, x10,  210,  210,  210,  210",
        "5000, all,   60,   60,   60,   60"
    })
    void abortsWhenTheSpecificationSays(
            double rate, String effect, long median, long medianMost, long ninety, long ninetyMost) {
        List<Duration> times = effectOutcomes(at(rate), effect).outcomeCounts().aborted();
        assertBetween(median, medianMost, OutcomeCounts.median(times));
        assertBetween(ninety, ninetyMost, OutcomeCounts.ninety(times));
    }

    @ParameterizedTest(name = "{0} requests/s, {1}: promoted {2}-{3}, median {4}-{5} s, 90 % {6}-{7} s")
    @CsvSource({
        "50,   as stable, 1,    1,  540,  600,  720,  840",
        "50,   x2,        0.97, 1, 1410, 1650, 1980, 2280",
        "5000, as stable, 1,    1,  300,  300,  300,  300",
        "5000, x2,        1,    1,  300,  300,  300,  300"
    })
    void promotesWhenTheSpecificationSays(
            double rate,
            String effect,
            double least,
            double most,
            long median,
            long medianMost,
            long ninety,
            long ninetyMost) {
        OutcomeCounts outcomeCounts = effectOutcomes(at(rate), effect).outcomeCounts();
        assertTrue(
                outcomeCounts.promotedShare() >= least && outcomeCounts.promotedShare() <= most,
                outcomeCounts::toString);
        assertBetween(median, medianMost, OutcomeCounts.median(outcomeCounts.promoted()));
        assertBetween(ninety, ninetyMost, OutcomeCounts.ninety(outcomeCounts.promoted()));
    }

    @Test
    void oneRequestASecondNeverPassesAndTheArithmeticSaysSo() {
        ObjectiveDetection found = at(1);
        assertTrue(found.effects().stream()
                .allMatch(effectOutcomes ->
                        effectOutcomes.outcomeCounts().promoted().isEmpty()));
        assertTrue(most(found.faultless()) > 3_600);
    }

    @Test
    void whatAPassNeedsIsWhatHealthyCanariesTakeInTheMedian() {
        ObjectiveDetection found = at(50);
        double seconds = OutcomeCounts.median(
                        found.effects().getFirst().outcomeCounts().promoted())
                .orElseThrow()
                .toSeconds();
        assertEquals(most(found.likeStable()) / 50, seconds, 0.1 * seconds);
    }

    @Test
    void theSameQuestionHasTheSameAnswer() {
        AssumedTraffic assumedTraffic = new AssumedTraffic(20, 100, 0.3);
        assertEquals(
                Detection.of(TestPolicies.standard(), assumedTraffic),
                Detection.of(TestPolicies.standard(), assumedTraffic));
    }

    @Test
    void eachGatingObjectiveIsToldWithTheOthersAsStable() {
        Objective shown = new Objective("shown", 0.9, Severity.INFORMATIONAL, TestPolicies.LATENCY.indicator());
        Detection found = Detection.of(
                TestPolicies.with(AnalysisSettings.DEFAULT, shown, TestPolicies.AVAILABILITY, TestPolicies.LATENCY),
                new AssumedTraffic(50, 450, 0.5));
        assertEquals(
                List.of(TestPolicies.AVAILABILITY, TestPolicies.LATENCY),
                found.objectives().stream().map(ObjectiveDetection::objective).toList());
        for (ObjectiveDetection objective : found.objectives()) {
            assertEquals(1, effectOutcomes(objective, "all").outcomeCounts().abortedShare());
            assertEquals(
                    0, effectOutcomes(objective, "as stable").outcomeCounts().abortedShare());
            assertEquals(2, objective.likeStable().size());
        }
    }

    @Test
    void withoutAStableVersionOnlyTheSloIsTested() {
        ObjectiveDetection found = Detection.of(TestPolicies.standard(), new AssumedTraffic(50, 0, 0.5))
                .objectives()
                .getFirst();
        assertEquals(1, found.likeStable().size());
        assertEquals(1, effectOutcomes(found, "as stable").outcomeCounts().promotedShare());
    }

    @Test
    void theWarmUpIsLost() {
        AnalysisTiming usual = AnalysisTiming.DEFAULT;
        AnalysisTiming warming = new AnalysisTiming(
                usual.poll(),
                usual.window(),
                usual.windowFrom(),
                usual.deadline(),
                usual.bake(),
                Duration.ofSeconds(100));
        ObjectiveDetection found = Detection.of(
                        TestPolicies.with(AnalysisSettings.DEFAULT.withRhythm(warming), TestPolicies.AVAILABILITY),
                        new AssumedTraffic(50, 450, 0.5))
                .objectives()
                .getFirst();
        assertEquals(
                Optional.of(Duration.ofSeconds(150)),
                OutcomeCounts.median(
                        effectOutcomes(found, "all").outcomeCounts().aborted()));
    }

    @Test
    void aRatioThatNoVersionCanHaveIsLeftOut() {
        Objective loose = new Objective("loose", 0.85, Severity.MAJOR, TestPolicies.AVAILABILITY.indicator());
        ObjectiveDetection found = Detection.of(
                        TestPolicies.with(AnalysisSettings.DEFAULT, loose), new AssumedTraffic(50, 450, 0.7))
                .objectives()
                .getFirst();
        assertEquals(
                List.of("as stable", "x2", "x5", "all"),
                found.effects().stream().map(EffectOutcomes::name).toList());
    }

    @Test
    void aStableVersionCannotUseMoreThanAllRequests() {
        Objective loose = new Objective("loose", 0.85, Severity.MAJOR, TestPolicies.AVAILABILITY.indicator());
        assertThrows(
                IllegalArgumentException.class,
                () -> Detection.of(TestPolicies.with(AnalysisSettings.DEFAULT, loose), new AssumedTraffic(50, 450, 7)));
    }

    private static ObjectiveDetection at(double rate) {
        return DEFAULTS.computeIfAbsent(
                rate, canary -> Detection.of(TestPolicies.standard(), new AssumedTraffic(canary, 9 * canary, 0.5))
                        .objectives()
                        .getFirst());
    }

    private static EffectOutcomes effectOutcomes(ObjectiveDetection found, String name) {
        return found.effects().stream()
                .filter(effectOutcomes -> effectOutcomes.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static double most(List<PassRequirement> tests) {
        return tests.stream()
                .mapToDouble(test -> test.requests().orElseThrow())
                .max()
                .orElseThrow();
    }

    private static void assertBetween(long least, long most, Optional<Duration> time) {
        long seconds = time.orElseThrow().toSeconds();
        assertTrue(seconds >= least && seconds <= most, () -> seconds + " s");
    }
}
