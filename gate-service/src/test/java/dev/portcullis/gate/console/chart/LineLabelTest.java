package dev.portcullis.gate.console.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LineLabelTest {
    @Test
    void labelsThatAreFarApartStayWhereTheyAre() {
        assertEquals(List.of(20.0, 80.0), heights(LineLabel.spread(labels(80, 20), 0, 200)));
    }

    @Test
    void labelsThatMeetAreMovedApart() {
        assertEquals(List.of(50.0, 65.0, 80.0), heights(LineLabel.spread(labels(50, 51, 52), 0, 200)));
        assertEquals(List.of(170.0, 185.0, 200.0), heights(LineLabel.spread(labels(199, 200, 198), 0, 200)));
    }

    @Test
    void whereThereIsRoomNoneMeetsAnother() {
        var random = new Random(7);
        IntStream.range(0, 1000).forEach(i -> {
            var given = random.doubles(1 + random.nextInt(10), 0, 200).toArray();
            var heights = heights(LineLabel.spread(labels(given), 0, 200));
            for (var j = 0; j < heights.size(); j++) {
                assertTrue(heights.get(j) >= 0 && heights.get(j) <= 200, heights::toString);
                assertTrue(j == 0 || heights.get(j) - heights.get(j - 1) >= 15 - 1e-9, heights::toString);
            }
        });
    }

    private static List<LineLabel> labels(double... heights) {
        return java.util.Arrays.stream(heights)
                .mapToObj(height -> new LineLabel("canary", height, "canary"))
                .toList();
    }

    private static List<Double> heights(List<LineLabel> labels) {
        return labels.stream().map(LineLabel::y).toList();
    }
}
