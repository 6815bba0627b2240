package dev.portcullis.analysis.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.judge.PassRequirement;
import dev.portcullis.analysis.slo.AnalysisSettings;
import dev.portcullis.analysis.slo.Objective;
import dev.portcullis.analysis.slo.Rhythm;
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
        double share = effect(at(rate), effect).outcomes().abortedShare();
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
        List<Duration> times = effect(at(rate), effect).outcomes().aborted();
        assertBetween(median, medianMost, Outcomes.median(times));
        assertBetween(ninety, ninetyMost, Outcomes.ninety(times));
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
        Outcomes outcomes = effect(at(rate), effect).outcomes();
        assertTrue(outcomes.promotedShare() >= least && outcomes.promotedShare() <= most, outcomes::toString);
        assertBetween(median, medianMost, Outcomes.median(outcomes.promoted()));
        assertBetween(ninety, ninetyMost, Outcomes.ninety(outcomes.promoted()));
    }

    @Test
    void oneRequestASecondNeverPassesAndTheArithmeticSaysSo() {
        ObjectiveDetection found = at(1);
        assertTrue(found.effects().stream()
                .allMatch(effect -> effect.outcomes().promoted().isEmpty()));
        assertTrue(most(found.faultless()) > 3_600);
    }

    @Test
    void whatAPassNeedsIsWhatHealthyCanariesTakeInTheMedian() {
        ObjectiveDetection found = at(50);
        double seconds = Outcomes.median(found.effects().getFirst().outcomes().promoted())
                .orElseThrow()
                .toSeconds();
        assertEquals(most(found.likeStable()) / 50, seconds, 0.1 * seconds);
    }

    @Test
    void theSameQuestionHasTheSameAnswer() {
        Traffic traffic = new Traffic(20, 100, 0.3);
        assertEquals(Detection.of(Policies.standard(), traffic), Detection.of(Policies.standard(), traffic));
    }

    @Test
    void eachGatingObjectiveIsToldWithTheOthersAsStable() {
        Objective shown = new Objective("shown", 0.9, Severity.INFORMATIONAL, Policies.LATENCY.indicator());
        Detection found = Detection.of(
                Policies.with(AnalysisSettings.DEFAULT, shown, Policies.AVAILABILITY, Policies.LATENCY),
                new Traffic(50, 450, 0.5));
        assertEquals(
                List.of(Policies.AVAILABILITY, Policies.LATENCY),
                found.objectives().stream().map(ObjectiveDetection::objective).toList());
        for (ObjectiveDetection objective : found.objectives()) {
            assertEquals(1, effect(objective, "all").outcomes().abortedShare());
            assertEquals(0, effect(objective, "as stable").outcomes().abortedShare());
            assertEquals(2, objective.likeStable().size());
        }
    }

    @Test
    void withoutAStableVersionOnlyTheSloIsTested() {
        ObjectiveDetection found = Detection.of(Policies.standard(), new Traffic(50, 0, 0.5))
                .objectives()
                .getFirst();
        assertEquals(1, found.likeStable().size());
        assertEquals(1, effect(found, "as stable").outcomes().promotedShare());
    }

    @Test
    void theWarmUpIsLost() {
        Rhythm usual = Rhythm.DEFAULT;
        Rhythm warming = new Rhythm(
                usual.poll(),
                usual.window(),
                usual.windowFrom(),
                usual.deadline(),
                usual.bake(),
                Duration.ofSeconds(100));
        ObjectiveDetection found = Detection.of(
                        Policies.with(AnalysisSettings.DEFAULT.withRhythm(warming), Policies.AVAILABILITY),
                        new Traffic(50, 450, 0.5))
                .objectives()
                .getFirst();
        assertEquals(
                Optional.of(Duration.ofSeconds(150)),
                Outcomes.median(effect(found, "all").outcomes().aborted()));
    }

    @Test
    void aRatioThatNoVersionCanHaveIsLeftOut() {
        Objective loose = new Objective("loose", 0.85, Severity.MAJOR, Policies.AVAILABILITY.indicator());
        ObjectiveDetection found = Detection.of(
                        Policies.with(AnalysisSettings.DEFAULT, loose), new Traffic(50, 450, 0.7))
                .objectives()
                .getFirst();
        assertEquals(
                List.of("as stable", "x2", "x5", "all"),
                found.effects().stream().map(Effect::name).toList());
    }

    @Test
    void aStableVersionCannotUseMoreThanAllRequests() {
        Objective loose = new Objective("loose", 0.85, Severity.MAJOR, Policies.AVAILABILITY.indicator());
        assertThrows(
                IllegalArgumentException.class,
                () -> Detection.of(Policies.with(AnalysisSettings.DEFAULT, loose), new Traffic(50, 450, 7)));
    }

    private static ObjectiveDetection at(double rate) {
        return DEFAULTS.computeIfAbsent(
                rate, canary -> Detection.of(Policies.standard(), new Traffic(canary, 9 * canary, 0.5))
                        .objectives()
                        .getFirst());
    }

    private static Effect effect(ObjectiveDetection found, String name) {
        return found.effects().stream()
                .filter(effect -> effect.name().equals(name))
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
