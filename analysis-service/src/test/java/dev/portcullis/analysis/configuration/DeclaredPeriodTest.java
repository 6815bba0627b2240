package dev.portcullis.analysis.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.budget.BudgetedSlo;
import dev.portcullis.analysis.slo.CalendarPeriod;
import dev.portcullis.analysis.slo.SloPeriod;
import dev.portcullis.kit.configuration.Faults;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an SLO document says of its error budget. */
final class DeclaredPeriodTest {
    private static final String WINDOW = "timeWindow: [{duration: 30d, isRolling: true}]";

    @TempDir
    private Path path;

    @Test
    void anSloIsKnownWithItsPeriodAndPlaceWithoutAnyPolicy() {
        BudgetedSlo slo = slos(Folder.SLO.replace("30d", "4w")).getFirst();
        assertEquals("checkout-availability", slo.name());
        assertEquals("checkout", slo.service());
        assertEquals(SloPeriod.ofLast(Duration.ofDays(28)), slo.period());
        assertEquals("slo.yaml:1", slo.place());
        assertEquals(0.001, slo.budget().ratio());
    }

    @Test
    void withoutATimeWindowThePeriodIsTheLastThirtyDays() {
        assertEquals(SloPeriod.DEFAULT, slos(Folder.LATENCY).getFirst().period());
    }

    @ParameterizedTest
    @CsvSource({"1M, P1M", "1Q, P3M", "1Y, P12M", "1w, P7D", "1d, P1D", "4Q, P12M", "366d, P366D"})
    void aPeriodOfTheCalendarIsKnownAsOne(String duration, Period step) {
        String calendar = "calendar: {startTime: 2026-01-01 00:00:00, timeZone: Europe/Berlin}";
        LocalDateTime newYear = LocalDateTime.of(2026, 1, 1, 0, 0);
        for (String rolling : List.of("", "isRolling: false, ")) {
            String window = "timeWindow: [{duration: " + duration + ", " + rolling + calendar + "}]";
            assertEquals(
                    new CalendarPeriod(step, newYear, ZoneId.of("Europe/Berlin")),
                    slos(Folder.SLO.replace(WINDOW, window)).getFirst().period());
        }
    }

    @Test
    void allSlosAreKnownByName() {
        assertEquals(
                List.of("checkout-availability", "checkout-latency"),
                slos(Folder.LATENCY, Folder.SLO).stream().map(BudgetedSlo::name).toList());
    }

    private List<BudgetedSlo> slos(String... documents) {
        Folder folder = new Folder(path);
        folder.write("slo.yaml", documents);
        Faults faults = new Faults();
        List<BudgetedSlo> slos = folder.parse(faults).slos();
        assertTrue(faults.isEmpty(), faults.list().toString());
        return slos;
    }
}
