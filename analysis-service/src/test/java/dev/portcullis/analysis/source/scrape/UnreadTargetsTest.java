package dev.portcullis.analysis.source.scrape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.metric.UnreadPod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Targets that fail now and then, and for long. */
final class UnreadTargetsTest {
    private static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");
    private static final Target POD = Target.of("http://127.0.0.1:1/metrics");

    private final UnreadTargets unread = new UnreadTargets();
    private int readings;

    @Test
    void onePageInFiveIsNeverUnreadForLong() {
        for (int i = 0; i < 100; i++) {
            read(i % 5 != 3);
            assertTrue(lengths().stream().allMatch(length -> length <= 1), lengths()::toString);
        }
    }

    @Test
    void oneThatIsNeverReadStaysUnreadFromTheBegin() {
        for (int i = 0; i < 50; i++) {
            read(false);
            assertEquals(List.of(i), lengths());
            assertEquals(BEGIN, unread.all().getFirst().since());
        }
    }

    /** Who waits for the first one to be over is not to forget it for the second one. */
    @Test
    void aLongOneIsToldBesideALaterShortOne() {
        for (boolean isRead : new boolean[] {false, false, false, false, true, false, true, true}) {
            read(isRead);
        }
        assertEquals(List.of(4, 1), lengths());
        assertEquals(
                List.of(BEGIN.plusSeconds(4), BEGIN.plusSeconds(6)),
                unread.all().stream().map(UnreadPod::back).toList());
    }

    @Test
    void ofSeveralEndedOnesThoseAreToldThatNoLaterOneOutlasts() {
        for (int length : new int[] {5, 1, 2, 3, 3, 1}) {
            for (int i = 0; i < length; i++) {
                read(false);
            }
            read(true);
        }
        assertEquals(List.of(5, 3, 1), lengths());
    }

    @Test
    void whatIsLongAgoAndATargetThatLeftAreToldNoMore() {
        read(false);
        read(true);
        unread.see(List.of(POD), Map.of(), BEGIN.plus(Duration.ofHours(2)));
        assertEquals(List.of(), unread.all());
        read(false);
        unread.see(List.of(), Map.of(), BEGIN.plusSeconds(5));
        assertEquals(List.of(), unread.all());
    }

    private void read(boolean isRead) {
        unread.see(List.of(POD), isRead ? Map.of() : Map.of(POD, "status 500"), BEGIN.plusSeconds(readings++));
    }

    /** In seconds, up to the last reading. */
    private List<Integer> lengths() {
        List<Integer> lengths = new ArrayList<>();
        for (UnreadPod row : unread.all()) {
            Instant back = row.back();
            Instant end = back == null ? BEGIN.plusSeconds(readings - 1) : back;
            lengths.add((int) Duration.between(row.since(), end).toSeconds());
        }
        return lengths;
    }
}
