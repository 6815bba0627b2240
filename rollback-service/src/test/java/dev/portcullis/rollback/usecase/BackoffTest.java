package dev.portcullis.rollback.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BackoffTest {
    @ParameterizedTest(name = "after {0} tries, at {1}: {2} ms")
    @CsvSource({
        "1, 0, 500",
        "2, 0, 1000",
        "3, 0, 2000",
        "6, 0, 16000",
        "7, 0, 30000",
        "100, 0, 30000",
        "2000000000, 0, 30000",
        "1, 0.5, 375",
        "7, 0.999999, 15000",
        "1, 0.999999, 250",
    })
    void pausesDoubleUpToTheLongestAndAreShortenedByUpToHalf(int attempts, double random, long millis) {
        assertEquals(Duration.ofMillis(millis), Backoff.standard(() -> random).after(attempts));
    }

    @ParameterizedTest(name = "after {0} tries, at {1}: {2} ms")
    @CsvSource({"1, 0, 500", "4, 0, 4000", "5, 0, 5000", "100, 0, 5000", "100, 0.999999, 2500"})
    void whileNobodyIsThereToBeToldPausesEndAtFiveSeconds(int attempts, double random, long millis) {
        assertEquals(Duration.ofMillis(millis), Backoff.standard(() -> random).soon(attempts));
    }
}
