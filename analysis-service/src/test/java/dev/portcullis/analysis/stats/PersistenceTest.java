package dev.portcullis.analysis.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.evidence.Halves;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PersistenceTest {
    private static final double REQUESTS = 10_000;

    @Test
    void independentWindowsNeedNotBeLonger() {
        assertEquals(OptionalInt.of(1), Persistence.fittingMultiple(List.of(spells(new Random(3), 4_000, 0, 1))));
    }

    @Test
    void spellsOfFourWindowsNeedWindowsOfAboutEight() {
        int multiple = Persistence.fittingMultiple(List.of(spells(new Random(3), 8_000, 0.01, 4)))
                .getAsInt();
        assertTrue(multiple >= 6 && multiple <= 12, () -> "multiple " + multiple);
    }

    @Test
    void whatRunsShareAcrossTheirEndsIsNoNeighbourhood() {
        List<Halves> bad = List.of(halves(50, 0));
        List<Halves> good = List.of(halves(0, 50));
        assertEquals(0, Persistence.correlation(List.of(bad, bad, good, good)));
    }

    @Test
    void aShortHistoryCannotTell() {
        assertEquals(OptionalInt.empty(), Persistence.fittingMultiple(List.of()));
        assertEquals(OptionalInt.empty(), Persistence.fittingMultiple(List.of(spells(new Random(3), 20, 0, 1))));
    }

    @Test
    void halvesThatAlwaysDifferAreNoSpell() {
        List<Halves> unlike =
                IntStream.range(0, 70).mapToObj(i -> halves(40, 4)).toList();
        assertEquals(OptionalInt.of(1), Persistence.fittingMultiple(List.of(unlike)));
    }

    @Test
    void spellsLongerThanTheHistoryCanTellOfAnswerTheLongestItCan() {
        List<Halves> sick = IntStream.range(0, 70)
                .mapToObj(i -> i < 35 ? halves(40, 4) : halves(4, 40))
                .toList();
        assertEquals(OptionalInt.of(2), Persistence.fittingMultiple(List.of(sick)));
    }

    /** Errors at a steady rate, and spells in which the first half of the pods has forty more in every window. */
    private static List<Halves> spells(Random random, int windows, double chance, int length) {
        List<Halves> run = new ArrayList<>();
        int left = 0;
        for (int i = 0; i < windows; i++) {
            if (left == 0 && random.nextDouble() < chance) {
                left = length;
            }
            run.add(halves((left > 0 ? 40 : 0) + errors(random), errors(random)));
            left = Math.max(0, left - 1);
        }
        return run;
    }

    private static double errors(Random random) {
        return random.doubles(20).filter(x -> x < 0.3).count();
    }

    private static Halves halves(double first, double second) {
        return new Halves(new Counts(first, REQUESTS), new Counts(second, REQUESTS));
    }
}
