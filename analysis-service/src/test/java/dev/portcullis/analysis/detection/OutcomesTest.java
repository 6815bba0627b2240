package dev.portcullis.analysis.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class OutcomesTest {
    @Test
    void sharesAddUpToAllReleases() {
        Outcomes outcomes = new Outcomes(8, minutes(1, 2), minutes(5));
        assertEquals(0.25, outcomes.abortedShare());
        assertEquals(0.125, outcomes.promotedShare());
        assertEquals(0.625, outcomes.undecidedShare());
    }

    @Test
    void quantilesAreTimesThatOccurred() {
        List<Duration> aborted = new Outcomes(20, minutes(9, 3, 1, 4, 2, 5, 7, 6, 8, 20), List.of()).aborted();
        assertEquals(Optional.of(Duration.ofMinutes(5)), Outcomes.median(aborted));
        assertEquals(Optional.of(Duration.ofMinutes(9)), Outcomes.ninety(aborted));
        assertEquals(Optional.of(Duration.ofMinutes(3)), Outcomes.ninety(minutes(3)));
        assertEquals(Optional.empty(), Outcomes.median(List.of()));
    }

    private static List<Duration> minutes(long... minutes) {
        return LongStream.of(minutes).mapToObj(Duration::ofMinutes).toList();
    }
}
