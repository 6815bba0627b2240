package dev.portcullis.analysis.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.evidence.Halves;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DispersionTest {
    private static final double REQUESTS = 5_000;

    @Test
    void itIsTheMeanOfTheSquaredResiduals() {
        // K = 4, q = 1/2: (3 - 2)^2 / (4 * 1/4) = 1 and (4 - 2)^2 / 1 = 4
        assertEquals(OptionalDouble.of(2.5), Dispersion.between(List.of(halves(3, 1), halves(0, 4))));
    }

    @Test
    void windowsThatTellNothingDoNotCount() {
        Halves oneSided = new Halves(new Counts(3, 100), Counts.NONE);
        assertEquals(OptionalDouble.of(1), Dispersion.between(List.of(halves(3, 1), halves(0, 0), oneSided)));
        assertEquals(OptionalDouble.empty(), Dispersion.between(List.of(halves(0, 0), oneSided)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5, 20})
    void errorsInGroupsOfOneSizeHaveThatDispersionWhateverTheRateDoes(int group) {
        Random random = new Random(7);
        List<Halves> windows = Stream.iterate(0, i -> i < 20_000, i -> i + 1)
                .map(i -> divided(random, group, 1 + i % 7))
                .toList();
        assertEquals(group, Dispersion.between(windows).getAsDouble(), 0.06 * group);
    }

    private static Halves divided(RandomGenerator random, int group, int groups) {
        long first = random.doubles(groups).filter(x -> x < 0.5).count();
        return halves(first * group, (groups - first) * group);
    }

    @Test
    void ofTotalsItIsTheVarianceOverThatOfIndependentErrors() {
        // p = 0.02, n p (1 - p) = 1.96; residuals -2, 0, 2
        List<Counts> windows =
                DoubleStream.of(0, 2, 4).mapToObj(bad -> new Counts(bad, 100)).toList();
        assertEquals(8 / 1.96 / 2, Dispersion.within(windows).getAsDouble(), 1e-12);
        assertEquals(
                Dispersion.within(windows),
                Dispersion.within(
                        Stream.concat(windows.stream(), Stream.of(Counts.NONE)).toList()));
    }

    @Test
    void totalsThatDoNotVaryAtAllSayNothing() {
        Counts none = new Counts(0, 10);
        Counts all = new Counts(10, 10);
        assertTrue(Dispersion.within(List.of(none, none)).isEmpty());
        assertTrue(Dispersion.within(List.of(all, all)).isEmpty());
        assertTrue(Dispersion.within(List.of(new Counts(1, 10))).isEmpty());
    }

    private static Halves halves(double first, double second) {
        return new Halves(new Counts(first, REQUESTS), new Counts(second, REQUESTS));
    }
}
