package dev.portcullis.analysis.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.analysis.slo.*;
import org.junit.jupiter.api.Test;

class DetectionTest {
    @Test
    void tmp() {
        for (double rate : new double[] {0.02, 1, 5, 10, 50}) {
            DetectionText.of(Detection.of(Policies.standard(), new Traffic(rate, 9 * rate, 0.5)))
                    .forEach(System.out::println);
            System.out.println();
        }
        DetectionText.of(Detection.of(
                        Policies.with(AnalysisSettings.DEFAULT, Policies.AVAILABILITY, Policies.LATENCY),
                        new Traffic(50, 0, 0.5)))
                .forEach(System.out::println);
        System.out.println();
        DetectionText.of(Detection.of(
                        Policies.with(AnalysisSettings.DEFAULT, Policies.AVAILABILITY, Policies.LATENCY),
                        new Traffic(50, 450, 6)))
                .forEach(System.out::println);
        assertEquals(1, 1);
    }
}
