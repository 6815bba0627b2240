package dev.portcullis.analysis.tool.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.analysis.slo.AnalysisTiming;
import dev.portcullis.analysis.slo.Provenance;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SlotTest {
    @Property(tries = 300)
    void windowsCoverTheTimeFromTheBeginningToTheDeadline(
            @ForAll @IntRange(min = 1, max = 60) int poll,
            @ForAll @IntRange(min = 0, max = 200) int more,
            @ForAll @IntRange(min = 1, max = 4000) int afterWindow,
            @ForAll @IntRange(max = 300) int warmUp) {
        int deadline = poll + more + afterWindow;
        List<Slot> slots = Slot.of(timing(poll, poll + more, deadline, 0, warmUp));
        assertEquals(Duration.ofSeconds(deadline), slots.getLast().end());
        assertEquals(deadline, slots.stream().mapToDouble(Slot::baselineSeconds).sum(), 1e-6);
        assertEquals(
                Math.max(0, deadline - warmUp),
                slots.stream().mapToDouble(Slot::canarySeconds).sum(),
                1e-6);
    }

    @Example
    void aWindowIsAWholeNumberOfPollsAndTheLastOneIsCut() {
        List<Slot> slots = Slot.of(timing(20, 30, 100, 80, 50));
        assertEquals(
                List.of(
                        new Slot(Duration.ofSeconds(40), 0, 40, false),
                        new Slot(Duration.ofSeconds(80), 30, 40, true),
                        new Slot(Duration.ofSeconds(100), 20, 20, true)),
                slots);
    }

    private static AnalysisTiming timing(int poll, int window, int deadline, int bake, int warmUp) {
        return new AnalysisTiming(
                Duration.ofSeconds(poll),
                Duration.ofSeconds(window),
                Provenance.POLICY,
                Duration.ofSeconds(deadline),
                Duration.ofSeconds(bake),
                Duration.ofSeconds(warmUp));
    }
}
