package dev.portcullis.analysis.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CountedRunEventsTest {
    @Test
    void everyCounterIsThereAtZeroBeforeAnyAnalysis() {
        var registry = new SimpleMeterRegistry();
        new CountedRunEvents(registry);
        for (var verdict : List.of("PASS", "FAIL", "INCONCLUSIVE")) {
            for (var name : List.of("portcullis.analysis.verdicts", "portcullis.analysis.recoveries")) {
                assertEquals(
                        0, registry.get(name).tag("verdict", verdict).counter().count());
            }
        }
        for (var name : List.of("windows", "unreachable", "shortages", "faults")) {
            assertEquals(
                    0, registry.get("portcullis.analysis." + name).counter().count());
        }
    }
}
