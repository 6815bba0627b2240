package dev.portcullis.analysis.judge;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.evidence.InvalidCountsException;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanValidationTest {
    private static final OptionalDouble NONE = OptionalDouble.empty();

    private static void assertFault(String field, Object value, Executable construction) {
        InvalidPlanException fault = assertThrows(InvalidPlanException.class, construction);
        assertEquals(field, fault.field());
        assertTrue(fault.toString().contains(": " + field + " is " + value + ", must be "), fault.toString());
    }

    private static JudgePlan plan(double alpha, double beta, int planned, int minFail) {
        return new JudgePlan(alpha, beta, planned, minFail, List.of(Plans.objective("errors", 1)));
    }

    private static SloLimits slo(double failRatio, OptionalDouble passRatio, double clusterSize) {
        return new SloLimits(failRatio, passRatio, Form.VOTE, Form.COUNT, clusterSize);
    }

    private static BaselineLimits baseline(
            double failFactor, double failMargin, OptionalDouble passFactor, double passMargin) {
        return new BaselineLimits(failFactor, failMargin, passFactor, passMargin, Form.VOTE, Form.COUNT, 1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.1, 0.5, 1, Double.NaN, Double.POSITIVE_INFINITY})
    void errorBoundsLieBetweenZeroAndAHalf(double value) {
        assertFault("alpha", value, () -> plan(value, 0.05, 0, 0));
        assertFault("beta", value, () -> plan(0.01, value, 0, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 100_001})
    void windowNumbersHaveALimit(int value) {
        assertFault("planned_windows", value, () -> plan(0.01, 0.05, value, 0));
        assertFault("min_fail_windows", value, () -> plan(0.01, 0.05, 0, value));
    }

    @Test
    void theMessageNamesTheLegalRange() {
        String message = assertThrows(InvalidPlanException.class, () -> slo(1.5, NONE, 1))
                .getMessage();
        assertEquals("slo.fail_ratio is 1.5, must be in (0.0, 0.9]", message);
        message = assertThrows(InvalidPlanException.class, () -> plan(0.01, 0.05, -1, 0))
                .getMessage();
        assertEquals("planned_windows is -1, must be in [0, 100000]", message);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.1, 0.91, Double.NaN, Double.POSITIVE_INFINITY})
    void aFailRatioIsAboveZeroAndAtMostNineTenths(double value) {
        assertFault("slo.fail_ratio", value, () -> slo(value, NONE, 1));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.19, 0.91, Double.NaN})
    void aPassRatioIsAtLeastTheFailRatio(double value) {
        assertFault("slo.pass_ratio", value, () -> slo(0.2, OptionalDouble.of(value), 1));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.99, 1_000_001, Double.NaN})
    void aClusterHasOneRequestAtLeast(double value) {
        assertFault("slo.cluster_size", value, () -> slo(0.1, NONE, value));
        assertFault(
                "baseline.cluster_size", value, () -> new BaselineLimits(1, 0, NONE, 0, Form.VOTE, Form.COUNT, value));
    }

    @Test
    void anAbsolutePassLimitCannotBeVotedOn() {
        assertFault("slo.pass_form", "VOTE", () -> new SloLimits(0.1, NONE, Form.VOTE, Form.VOTE, 1));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void aFailFactorIsAboveZero(double value) {
        assertFault("baseline.fail_factor", value, () -> baseline(value, 0, NONE, 0));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.01, 1.01, Double.NaN})
    void marginsAreRatios(double value) {
        assertFault("baseline.fail_margin", value, () -> baseline(1, value, NONE, 0));
        assertFault("baseline.pass_margin", value, () -> baseline(1, 0, OptionalDouble.of(2), value));
        assertFault("baseline.pass_margin", value, () -> baseline(1, 0, NONE, value));
    }

    @ParameterizedTest
    @CsvSource({"1.24, 0.01, baseline.pass_factor, 1.24", "2, 0.0001, baseline.pass_margin, 1.0E-4"})
    void passLimitsAreNoStricterThanFailLimits(double factor, double margin, String field, String value) {
        assertFault(field, value, () -> baseline(1.25, 0.001, OptionalDouble.of(factor), margin));
    }

    @Test
    void aPassVoteHasNoMargin() {
        assertFault(
                "baseline.pass_form",
                "VOTE",
                () -> new BaselineLimits(1, 0, OptionalDouble.of(2), 0.001, Form.VOTE, Form.VOTE, 1));
    }

    @Test
    void anObjectiveHasANameAWeightAndATest() {
        assertFault("name", "\" \"", () -> new ObjectivePlan(" ", 1, Plans.SLO, null));
        assertFault("weight", -1.0, () -> new ObjectivePlan("errors", -1, Plans.SLO, null));
        assertFault("weight", Double.NaN, () -> new ObjectivePlan("errors", Double.NaN, Plans.SLO, null));
        assertFault("slo", "missing", () -> new ObjectivePlan("errors", 1, null, null));
        assertFault("objectives", "[]", () -> new JudgePlan(0.01, 0.05, 0, 0, List.of()));
    }

    @Test
    void countsAreNamedByWhereTheyStand() {
        InvalidCountsException cause = assertThrows(InvalidCountsException.class, () -> new Counts(2, 1));
        InvalidPlanException fault = InvalidPlanException.at("windows[3].canary", cause);
        assertEquals("windows[3].canary.bad", fault.field());
        assertEquals("windows[3].canary.bad is 2.0, must be at most total, which is 1.0", fault.getMessage());
    }

    @Test
    void limitsAtTheEdgesAreLegal() {
        assertDoesNotThrow(() -> plan(Double.MIN_VALUE, 0.4999, 100_000, 100_000));
        assertDoesNotThrow(() -> slo(0.9, OptionalDouble.of(0.9), 1e6));
        assertDoesNotThrow(() -> baseline(1.25, 1, OptionalDouble.of(1.25), 1));
        assertDoesNotThrow(() -> baseline(1.25, 0.001, NONE, 0), "without a PASS side its margin is not looked at");
        assertDoesNotThrow(() -> new BaselineLimits(1, 0, OptionalDouble.of(1), 0, Form.VOTE, Form.VOTE, 1));
    }
}
