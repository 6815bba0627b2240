package dev.portcullis.analysis.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.analysis.evidence.Observation;
import dev.portcullis.analysis.fold.CounterFold;
import dev.portcullis.analysis.slo.LatencyIndicator;
import dev.portcullis.analysis.slo.Objective;
import dev.portcullis.analysis.slo.Severity;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a metric source that has histograms gives besides. */
public abstract class HistogramSourceContract extends CounterSourceContract {
    private static final Objective FAST = new Objective(
            "fast",
            0.99,
            Severity.MAJOR,
            new LatencyIndicator("source", "http_request_duration_seconds_bucket{version!=\"v0\"}", 0.2));

    private Observation latency;

    @Override
    List<Objective> objectives() {
        List<Objective> objectives = new ArrayList<>(super.objectives());
        objectives.add(FAST);
        return objectives;
    }

    /** The histogram must count the same requests. */
    @Override
    void counted(CounterFold fold) {
        latency = fold.increments().get("fast");
        if (latency != null) {
            // Not before both arms have served something: a histogram is made with the first request.
            assertEquals(
                    fold.increments().get("good").at(0).canary().total(),
                    latency.at(0).canary().total());
        }
    }

    @Test
    void slowRequestsOfBothArmsAreCountedAtEveryBoundaryNearTheThreshold() {
        surroundings.add(canary.served("200", 0.02, 100).served("200", 0.2, 10));
        surroundings.add(stable.served("200", 0.02, 900).served("200", 0.2, 90).served("200", 0.4, 10));
        tick();
        canary.served("200", 0.02, 50)
                .served("500", 0.2, 30)
                .served("200", 0.4, 15)
                .served("200", 9, 5);
        stable.served("200", 0.02, 900).served("200", 0.4, 100);
        tick();
        assertEquals(List.of(0.05, 0.1, 0.3, 0.5), state.buckets().get("fast").boundaries());
        assertEquals(
                List.of(
                        counts(50, 100, 100, 1000),
                        counts(50, 100, 100, 1000),
                        counts(20, 100, 100, 1000),
                        counts(5, 100, 0, 1000)),
                latency.cuts());
    }

    @Test
    void aHistogramIsFoldedOverARestartAndAnAbsence() {
        surroundings.add(canary.served("200", 0.02, 1000).served("200", 0.2, 100));
        surroundings.add(secondCanary.served("200", 0.02, 10));
        surroundings.add(stable.served("200", 0.02, 1000));
        tick();
        canary.restart().served("200", 0.02, 20).served("200", 0.4, 4);
        surroundings.lose(secondCanary);
        secondCanary.served("200", 0.4, 7);
        tick();
        assertEquals(counts(4, 24, 0, 0), latency.at(latency.cuts().size() - 1));
        surroundings.find(secondCanary);
        canary.served("200", 9, 1);
        tick();
        assertEquals(counts(8, 8, 0, 0), latency.at(0));
    }
}
