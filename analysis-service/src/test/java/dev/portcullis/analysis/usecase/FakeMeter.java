package dev.portcullis.analysis.usecase;

import dev.portcullis.analysis.metric.Arms;
import dev.portcullis.analysis.metric.Counted;
import dev.portcullis.analysis.metric.Meter;
import dev.portcullis.analysis.metric.MeterReading;
import dev.portcullis.analysis.metric.ObjectiveCounters;
import dev.portcullis.analysis.metric.PodCounters;
import dev.portcullis.analysis.slo.Objective;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Counters of one canary pod and one baseline pod, the same for every objective, raised by a test. Thread-safe. */
final class FakeMeter implements Meter {
    private final AtomicInteger readings = new AtomicInteger();
    private double canaryBad;
    private double canaryTotal = 1_000;
    private double baselineBad;
    private double baselineTotal = 1_000;
    private @Nullable String unreachable;
    private @Nullable RuntimeException fault;

    synchronized void serve(double badOfCanary, double ofCanary, double badOfBaseline, double ofBaseline) {
        canaryBad += badOfCanary;
        canaryTotal += ofCanary;
        baselineBad += badOfBaseline;
        baselineTotal += ofBaseline;
    }

    synchronized void breakDown(String detail) {
        unreachable = detail;
    }

    synchronized void throwAtEachReading(RuntimeException e) {
        fault = e;
    }

    synchronized void recover() {
        unreachable = null;
        fault = null;
    }

    int readings() {
        return readings.get();
    }

    @Override
    public synchronized MeterReading read(List<Objective> objectives, Arms arms) {
        readings.incrementAndGet();
        if (fault != null) {
            throw fault;
        }
        if (unreachable != null) {
            return new MeterReading.Unreachable(unreachable);
        }
        Map<String, ObjectiveCounters> counters = new HashMap<>();
        for (var objective : objectives) {
            counters.put(
                    objective.name(),
                    new ObjectiveCounters(
                            Counted.BAD,
                            Map.of("canary-0", pod(canaryBad, canaryTotal)),
                            arms.baseline() == null ? Map.of() : Map.of("stable-0", pod(baselineBad, baselineTotal))));
        }
        return new MeterReading.Counters(counters);
    }

    private static PodCounters pod(double bad, double total) {
        return PodCounters.ofRatio(Map.of("requests{code=\"500\"}", bad), Map.of("requests", total));
    }
}
