package dev.portcullis.analysis.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class MeasuringTest {
    @Test
    void aCanaryThatServesNobodyIsToldFromOneThatIsNotCountedYet() {
        assertEquals(
                "the metrics source answers, but the canary 'new' has served no request since the analysis began",
                Measuring.noData("new", List.of()).detail());
        assertEquals(
                "the metrics source answers, but no request of the canary 'new' has been counted since the analysis began;"
                        + " warming up and not counted yet: 3 pods of the canary, 0 of the baseline",
                Measuring.noData(
                                "new",
                                List.of("warming up and not counted yet: 3 pods of the canary, 0 of the baseline", "x"))
                        .detail());
    }
}
