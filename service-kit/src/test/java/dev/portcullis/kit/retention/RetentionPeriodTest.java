package dev.portcullis.kit.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.portcullis.kit.lifecycle.StartupException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RetentionPeriodTest {
    private static RetentionPeriod period(String text) {
        return RetentionPeriod.read("PORTCULLIS_RETENTION", text);
    }

    @ParameterizedTest
    @CsvSource({
        "P13M, 13 months",
        "P1M, 1 month",
        "P7Y, 7 years",
        "P1Y6M, 1 year and 6 months",
        "P90D, 90 days",
        "P31D, 31 days",
        "P5W, 35 days",
        "P100Y, 100 years",
        "forever, forever"
    })
    void aPeriodIsReadAndToldInWords(String text, String words) {
        assertEquals(words, period(text).words());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "13",
                "13M",
                "P",
                "P0D",
                "P30D",
                "-P13M",
                "P-13M",
                "P2M-40D",
                "P13MT1H",
                "P101Y",
                "P2000000000Y",
                "P2000000000D",
                "P2000000000M",
                "Forever",
                "never",
                " P13M"
            })
    void whatIsNoPeriodOfAMonthToAHundredYearsIsRefused(String text) {
        var fault = assertThrows(StartupException.class, () -> period(text));
        assertEquals(
                "PORTCULLIS_RETENTION: '" + text
                        + "' is neither a period of one month to 100 years, such as P13M (13 months), P2Y (two years) or"
                        + " P90D (90 days), nor the word forever",
                fault.getMessage());
    }

    @Test
    void itIsCountedByTheCalendar() {
        var now = Instant.parse("2027-03-31T12:00:00Z");
        assertEquals(
                Optional.of(Instant.parse("2026-02-28T12:00:00Z")),
                period("P13M").overSince(now));
        assertEquals(Optional.empty(), RetentionPeriod.FOREVER.overSince(now));
    }

    @Test
    void theAuditLogIsNotKeptShorterThanWhatItPointsTo() {
        assertEquals(new RetentionSettings(period("P12M"), period("P1Y")), RetentionSettings.read("P12M", "P1Y"));
        assertEquals(
                new RetentionSettings(period("P12M"), RetentionPeriod.FOREVER),
                RetentionSettings.read("P12M", "forever"));
        var fault = assertThrows(StartupException.class, () -> RetentionSettings.read("P13M", "P1Y"));
        assertEquals(
                "PORTCULLIS_AUDIT_RETENTION: 'P1Y' is shorter than PORTCULLIS_RETENTION, which is 'P13M': releases are"
                        + " kept at least as long as the records they point to",
                fault.getMessage());
        assertThrows(StartupException.class, () -> RetentionSettings.read("forever", "P7Y"));
    }
}
