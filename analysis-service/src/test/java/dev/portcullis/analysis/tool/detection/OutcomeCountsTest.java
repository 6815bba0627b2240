package dev.portcullis.analysis.tool.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class OutcomeCountsTest {
    @Test
    void sharesAddUpToAllReleases() {
        OutcomeCounts outcomeCounts = new OutcomeCounts(8, minutes(1, 2), minutes(5));
        assertEquals(0.25, outcomeCounts.abortedShare());
        assertEquals(0.125, outcomeCounts.promotedShare());
        assertEquals(0.625, outcomeCounts.undecidedShare());
    }

    @Test
    void quantilesAreTimesThatOccurred() {
        List<Duration> aborted = new OutcomeCounts(20, minutes(9, 3, 1, 4, 2, 5, 7, 6, 8, 20), List.of()).aborted();
        assertEquals(Optional.of(Duration.ofMinutes(5)), OutcomeCounts.median(aborted));
        assertEquals(Optional.of(Duration.ofMinutes(9)), OutcomeCounts.ninety(aborted));
        assertEquals(Optional.of(Duration.ofMinutes(3)), OutcomeCounts.ninety(minutes(3)));
        assertEquals(Optional.empty(), OutcomeCounts.median(List.of()));
    }

    private static List<Duration> minutes(long... minutes) {
        return LongStream.of(minutes).mapToObj(Duration::ofMinutes).toList();
    }
}
