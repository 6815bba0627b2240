package dev.portcullis.analysis.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.analysis.query.Arm;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasuringStatusTest {
    private static final Arm NEW = new Arm("hash", "new");

    @Test
    void aCanaryThatServesNobodyIsToldFromOneThatIsNotCountedYet() {
        assertEquals(
                "the metrics source answers, but the canary 'new' has served no request since the analysis began",
                MeasuringStatus.noData(Purpose.RELEASE, NEW, List.of()).detail());
        assertEquals(
                "the metrics source answers, but no request of the canary 'new' has been counted since the analysis began;"
                        + " warming up and not counted yet: 3 pods of the canary, 0 of the baseline",
                MeasuringStatus.noData(
                                Purpose.RELEASE,
                                NEW,
                                List.of("warming up and not counted yet: 3 pods of the canary, 0 of the baseline", "x"))
                        .detail());
    }

    @Test
    void ofARestoredVersionWithoutRequestsItIsToldWhichSeriesWereLookedFor() {
        assertEquals(
                "the metrics source answers, but the restored version 'new' has served no request since the analysis began"
                        + " (looked for: series with hash=\"new\")",
                MeasuringStatus.noData(Purpose.RECOVERY, NEW, List.of()).detail());
    }
}
