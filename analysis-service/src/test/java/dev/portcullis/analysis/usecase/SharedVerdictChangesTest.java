package dev.portcullis.analysis.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.portcullis.analysis.judge.Verdict;
import dev.portcullis.analysis.run.AnalysisState;
import dev.portcullis.analysis.run.VerdictChange;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SharedVerdictChangesTest {
    private static final Duration BACK = Duration.ofMillis(5_050);
    private static final VerdictChange CHANGE = new VerdictChange(
            UUID.randomUUID(),
            "checkout",
            AnalysisState.CONCLUDED,
            Verdict.FAIL,
            Instant.parse("2026-03-01T12:00:00Z"));

    private final List<Duration> looks = new ArrayList<>();
    private Instant now = Instant.parse("2026-03-01T12:00:01Z");
    private boolean away;
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final SharedVerdictChanges changes = new SharedVerdictChanges(
            back -> {
                if (away) {
                    throw new IllegalStateException("away");
                }
                looks.add(back);
                return List.of(CHANGE);
            },
            clock);

    private void pass(int millis) {
        now = now.plusMillis(millis);
    }

    @Test
    void watchersWhoAskAtAboutTheSameTimeShareALook() {
        for (int watcher = 0; watcher < 20; watcher++) {
            assertEquals(List.of(CHANGE), changes.within(BACK.plusMillis(watcher)));
            pass(1);
        }
        assertEquals(List.of(Duration.ofSeconds(6)), looks);
    }

    @Test
    void aWatcherAloneHasALookOfItsOwnEachTime() {
        for (int look = 0; look < 3; look++) {
            changes.within(BACK);
            pass(50);
        }
        assertEquals(3, looks.size());
    }

    @Test
    void whoLooksFurtherBackOrAfterTheClockWasSetBackHasALookOfItsOwn() {
        changes.within(BACK);
        changes.within(Duration.ofMinutes(1));
        pass(-1_000);
        changes.within(BACK);
        assertEquals(List.of(Duration.ofSeconds(6), Duration.ofSeconds(61), Duration.ofSeconds(6)), looks);
    }

    @Test
    void aLookThatFailedIsMadeAgain() {
        away = true;
        assertThrows(IllegalStateException.class, () -> changes.within(BACK));
        away = false;
        assertEquals(List.of(CHANGE), changes.within(BACK));
    }
}
