package dev.portcullis.analysis.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class HalvesTest {
    @Test
    void everyOtherPodByNameIsInTheFirstHalf() {
        Halves halves = Halves.of(
                Map.of("c", new Counts(4, 40), "a", new Counts(1, 10), "d", new Counts(8, 80), "b", new Counts(2, 20)));
        assertEquals(new Halves(new Counts(5, 50), new Counts(10, 100)), halves);
        assertEquals(new Counts(15, 150), halves.both());
    }

    @Test
    void aSinglePodHasAnEmptySecondHalf() {
        assertEquals(new Halves(new Counts(1, 10), Counts.NONE), Halves.of(Map.of("a", new Counts(1, 10))));
    }
}
