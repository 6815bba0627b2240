package dev.portcullis.analysis.mannwhitney;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.inference.MannWhitneyUTest;
import org.apache.commons.statistics.inference.PValueMethod;

class MannWhitneyPropertiesTest {
    private static final double CONFIDENCE = 0.98;
    private static final double QUANTILE = NormalDistribution.of(0, 1).inverseSurvivalProbability(0.01);

    @Property(tries = 500)
    void differencesAreFoundByTheirRank(@ForAll("samples") double[] canary, @ForAll("samples") double[] baseline) {
        double[] all = DoubleStream.of(canary)
                .flatMap(x -> DoubleStream.of(baseline).map(y -> x - y))
                .sorted()
                .toArray();
        PairwiseDifferences differences = new PairwiseDifferences(SortedSample.of(canary), SortedSample.of(baseline));
        for (int i = 0; i < all.length; i++) {
            assertEquals(all[i] + 0.0, differences.ranked(i + 1));
        }
    }

    /** The definition: a shift is in the interval unless the test of "no shift after taking it away" rejects. */
    @Property(tries = 500)
    void theIntervalHoldsWhatTheTestDoesNotReject(
            @ForAll("grids") double[] canary, @ForAll("grids") double[] baseline) {
        Shift shift = shift(canary, baseline);
        // Values are multiples of 1/64: a 1/256 further there is no other difference.
        double step = 1.0 / 256;
        assertTrue(isRejected(canary, baseline, shift.lower() - step));
        assertTrue(isRejected(canary, baseline, shift.upper() + step));
        if (shift.lower() < shift.upper()) {
            assertFalse(isRejected(canary, baseline, shift.lower() + step));
            assertFalse(isRejected(canary, baseline, shift.upper() - step));
        }
    }

    @Property(tries = 500)
    void anotherImplementationHasTheSameStatisticAndPValue(
            @ForAll("grids") double[] canary, @ForAll("grids") double[] baseline) {
        var second =
                MannWhitneyUTest.withDefaults().with(PValueMethod.ASYMPTOTIC).test(canary, baseline);
        Shift shift = shift(canary, baseline);
        assertEquals(second.getStatistic(), shift.u());
        if (DoubleStream.concat(DoubleStream.of(canary), DoubleStream.of(baseline))
                        .distinct()
                        .count()
                > 1) {
            assertEquals(second.getPValue(), pValue(canary, baseline), 1e-12);
        }
    }

    @Property(tries = 300)
    void swappingTheArmsMirrorsTheShift(@ForAll("samples") double[] canary, @ForAll("samples") double[] baseline) {
        Shift there = shift(canary, baseline);
        Shift back = shift(baseline, canary);
        assertEquals(-there.estimate() + 0.0, back.estimate());
        assertEquals(-there.lower() + 0.0, back.upper());
        assertEquals(-there.upper() + 0.0, back.lower());
        assertEquals(pValue(canary, baseline), pValue(baseline, canary));
        assertEquals((double) canary.length * baseline.length, there.u() + back.u());
    }

    @Property(tries = 300)
    void addingToTheCanaryAddsToTheShift(
            @ForAll("grids") double[] canary,
            @ForAll("grids") double[] baseline,
            @ForAll @IntRange(max = 512) int more) {
        double added = more / 64.0;
        Shift before = shift(canary, baseline);
        Shift after = shift(DoubleStream.of(canary).map(v -> v + added).toArray(), baseline);
        assertEquals(before.estimate() + added, after.estimate());
        assertEquals(before.lower() + added, after.lower());
        assertEquals(before.upper() + added, after.upper());
    }

    @Property(tries = 300)
    void anotherUnitScalesTheShiftAndNothingElse(
            @ForAll("samples") double[] canary,
            @ForAll("samples") double[] baseline,
            @ForAll @IntRange(min = -30, max = 30) int power) {
        double unit = Math.scalb(1.0, power);
        Shift before = shift(canary, baseline);
        Shift after = shift(scaled(canary, unit), scaled(baseline, unit));
        assertEquals(before.estimate() * unit, after.estimate());
        assertEquals(before.lower() * unit, after.lower());
        assertEquals(before.upper() * unit, after.upper());
        assertEquals(before.u(), after.u());
    }

    @Property(tries = 500)
    void nothingIsEverNaN(@ForAll("anything") double[] canary, @ForAll("anything") double[] baseline) {
        Shift shift = shift(canary, baseline);
        assertTrue(shift.lower() <= shift.estimate() && shift.estimate() <= shift.upper(), shift.toString());
        double pValue = pValue(canary, baseline);
        assertTrue(pValue >= 0 && pValue <= 1, () -> "p-value " + pValue);
        assertTrue(Double.isFinite(shift.estimate()) && Double.isFinite(shift.u()), shift.toString());
    }

    @Example
    void tooFewValuesBoundNothing() {
        assertEquals(
                Double.NEGATIVE_INFINITY,
                shift(new double[] {1}, new double[] {0}).lower());
        assertEquals(
                Double.POSITIVE_INFINITY,
                shift(new double[] {1}, new double[] {0}).upper());
        assertFalse(MannWhitney.bounded(4, CONFIDENCE));
        assertTrue(MannWhitney.bounded(5, CONFIDENCE));
    }

    @Example
    void thousandsOfWindowsAreNoBurden() {
        double[] many = DoubleStream.iterate(0, v -> v + 1).limit(100_000).toArray();
        Shift shift = shift(scaled(many, 2), many);
        assertTrue(shift.lower() < shift.estimate() && shift.estimate() < shift.upper());
    }

    @Example
    void whatIsNoNumberIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> SortedSample.of(1, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> SortedSample.of(Double.POSITIVE_INFINITY));
        assertThrows(
                IllegalArgumentException.class,
                () -> MannWhitney.shift(SortedSample.of(), SortedSample.of(1), CONFIDENCE));
        assertThrows(
                IllegalArgumentException.class,
                () -> MannWhitney.shift(SortedSample.of(1), SortedSample.of(1), Double.NaN));
        assertThrows(
                IllegalArgumentException.class, () -> MannWhitney.shift(SortedSample.of(1), SortedSample.of(1), 1));
    }

    @Provide
    Arbitrary<double[]> samples() {
        return Arbitraries.doubles()
                .between(0, 1)
                .ofScale(4)
                .array(double[].class)
                .ofMinSize(1)
                .ofMaxSize(25);
    }

    /** Multiples of 1/64 with many ties: sums and differences of them are exact. */
    @Provide
    Arbitrary<double[]> grids() {
        return Arbitraries.integers()
                .between(0, 24)
                .map(i -> i / 64.0)
                .list()
                .ofMinSize(5)
                .ofMaxSize(25)
                .map(values -> values.stream().mapToDouble(v -> v).toArray());
    }

    @Provide
    Arbitrary<double[]> anything() {
        return Arbitraries.doubles()
                .between(-SortedSample.LARGEST, SortedSample.LARGEST)
                .array(double[].class)
                .ofMinSize(1)
                .ofMaxSize(25);
    }

    private static Shift shift(double[] canary, double[] baseline) {
        return MannWhitney.shift(SortedSample.of(canary), SortedSample.of(baseline), CONFIDENCE);
    }

    private static double pValue(double[] canary, double[] baseline) {
        return MannWhitney.pValue(SortedSample.of(canary), SortedSample.of(baseline));
    }

    private static double[] scaled(double[] values, double unit) {
        return DoubleStream.of(values).map(v -> v * unit).toArray();
    }

    /** The test by its textbook definition: midranks of all values, continuity and tie correction. */
    private static boolean isRejected(double[] canary, double[] baseline, double shift) {
        double[] shifted = DoubleStream.of(canary).map(v -> v - shift).toArray();
        double[] all = DoubleStream.concat(DoubleStream.of(shifted), DoubleStream.of(baseline))
                .toArray();
        double m = shifted.length;
        double n = baseline.length;
        double rankSum = DoubleStream.of(shifted).map(v -> midrank(v, all)).sum();
        double distance = rankSum - m * (m + 1) / 2 - m * n / 2;
        double ties = Arrays.stream(all).distinct().map(v -> cubed(v, all)).sum();
        double variance = m * n / 12 * (m + n + 1 - ties / ((m + n) * (m + n - 1)));
        return Math.abs(distance) - 0.5 > QUANTILE * Math.sqrt(variance);
    }

    private static double midrank(double value, double[] all) {
        double below = DoubleStream.of(all).filter(v -> v < value).count();
        double equal = DoubleStream.of(all).filter(v -> v == value).count();
        return below + (equal + 1) / 2;
    }

    private static double cubed(double value, double[] all) {
        double t = DoubleStream.of(all).filter(v -> v == value).count();
        return t * t * t - t;
    }
}
