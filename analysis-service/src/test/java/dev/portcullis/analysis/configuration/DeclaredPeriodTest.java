package dev.portcullis.analysis.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.budget.BudgetedSlo;
import dev.portcullis.analysis.slo.SloPeriod;
import dev.portcullis.kit.configuration.Faults;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        assertEquals(new SloPeriod(Duration.ofDays(28), true), slo.period());
        assertEquals("slo.yaml:1", slo.place());
        assertEquals(0.001, slo.budget().ratio());
    }

    @Test
    void withoutATimeWindowThePeriodIsTheLastThirtyDays() {
        assertEquals(SloPeriod.DEFAULT, slos(Folder.LATENCY).getFirst().period());
    }

    @Test
    void aPeriodOfTheCalendarIsKnownAsOne() {
        String slo = Folder.SLO.replace(WINDOW, "timeWindow: [{duration: 30d, isRolling: false}]");
        assertEquals(
                new SloPeriod(Duration.ofDays(30), false), slos(slo).getFirst().period());
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
