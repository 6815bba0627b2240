package dev.portcullis.analysis.tool.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.analysis.evidence.Counts;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArrivalsTest {
    private static final int DRAWS = 20_000;

    private final RandomGenerator generator =
            RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    private final UniformRandomProvider random = generator::nextLong;

    @ParameterizedTest
    @CsvSource({"0.3, 0.2", "30, 0.001", "1500, 0.5", "250000, 0.01"})
    void meanAndVarianceOfTheBadOnesAreThoseOfAPoissonNumber(double requests, double ratio) {
        double sum = 0;
        double squares = 0;
        double all = 0;
        for (int i = 0; i < DRAWS; i++) {
            Counts counts = Arrivals.of(random, requests, ratio);
            sum += counts.bad();
            squares += counts.bad() * counts.bad();
            all += counts.total();
        }
        double mean = requests * ratio;
        double variance = squares / DRAWS - sum / DRAWS * (sum / DRAWS);
        assertEquals(mean, sum / DRAWS, 4 * Math.sqrt(mean / DRAWS));
        assertEquals(requests, all / DRAWS, 4 * Math.sqrt(requests / DRAWS));
        assertEquals(mean, variance, 4 * Math.sqrt((mean + 2 * mean * mean) / DRAWS));
    }

    @Test
    void ofNothingNothingComesAndOfATotalFailureNothingGood() {
        assertEquals(Counts.NONE, Arrivals.of(random, 0, 0.5));
        Counts failed = Arrivals.of(random, 1_000, 1);
        assertEquals(failed.total(), failed.bad());
    }

    @Test
    void whatNoSamplerDrawsIsTakenAsExpected() {
        assertEquals(new Counts(0, 1e12), Arrivals.of(random, 1e12, 0));
    }
}
