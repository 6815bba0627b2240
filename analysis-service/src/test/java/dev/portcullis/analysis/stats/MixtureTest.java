package dev.portcullis.analysis.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class MixtureTest {
    /** The definition: the sum over all starts of the weight of a start times the product of the factors from it on. */
    @Property(tries = 300)
    void theRunningSumIsTheSumOverAllStarts(
            @ForAll @IntRange(max = 12) int planned,
            @ForAll @Size(min = 1, max = 15) List<@DoubleRange(min = -2, max = 2) Double> gains) {
        Mixture mixture = new Mixture(planned);
        for (int t = 1; t <= gains.size(); t++) {
            mixture.fold(increments(gains.get(t - 1)));
            double expected = Math.log(straight(planned, gains.subList(0, t)));
            assertEquals(expected, mixture.logEvidence(), 1e-12 * Math.max(1, Math.abs(expected)));
            assertTrue(mixture.logEvidence() <= mixture.ceiling());
        }
    }

    private static double[] increments(double gain) {
        double[] increments = new double[Grid.SIZE];
        for (int k = 0; k < Grid.SIZE; k++) {
            increments[k] = gain / (k + 1);
        }
        return increments;
    }

    private static double straight(int planned, List<Double> gains) {
        double sum = 0;
        for (int start = 1; start <= Math.max(planned, 1); start++) {
            double average = 0;
            for (int k = 0; k < Grid.SIZE; k++) {
                double product = 1;
                for (int t = start; t <= gains.size(); t++) {
                    product *= Math.exp(gains.get(t - 1) / (k + 1));
                }
                average += product / Grid.SIZE;
            }
            sum += startWeight(planned, start) * average;
        }
        return sum;
    }

    private static double startWeight(int planned, int start) {
        if (planned <= 1) {
            return 1;
        }
        return start == 1 ? 0.5 : 0.5 / (planned - 1);
    }
}
