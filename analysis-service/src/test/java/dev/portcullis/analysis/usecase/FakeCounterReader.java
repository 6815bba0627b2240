package dev.portcullis.analysis.usecase;

import dev.portcullis.analysis.metric.CounterReader;
import dev.portcullis.analysis.metric.CounterReading;
import dev.portcullis.analysis.metric.Moments;
import dev.portcullis.analysis.metric.ObjectiveCounters;
import dev.portcullis.analysis.metric.PodCounters;
import dev.portcullis.analysis.metric.RatioNumerator;
import dev.portcullis.analysis.metric.ReadRequest;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Counters of one canary pod and one baseline pod, the same for every objective, raised by a test. Thread-safe. */
final class FakeCounterReader implements CounterReader {
    private final AtomicInteger readings = new AtomicInteger();
    private volatile CountDownLatch held = new CountDownLatch(0);
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

    /** No reading is answered before the latch is open. */
    FakeCounterReader holding(CountDownLatch latch) {
        held = latch;
        return this;
    }

    int readings() {
        return readings.get();
    }

    @Override
    public List<CounterReading> read(List<ReadRequest> requests, Instant moment) {
        readings.incrementAndGet();
        try {
            held.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return readings(requests);
    }

    private synchronized List<CounterReading> readings(List<ReadRequest> requests) {
        if (fault != null) {
            throw fault;
        }
        return requests.stream().map(this::reading).toList();
    }

    @Override
    public boolean remembers(ReadRequest request) {
        return false;
    }

    @Override
    public List<List<CounterReading>> readPast(List<ReadRequest> requests, Moments moments) {
        throw new AssertionError("it remembers nothing");
    }

    private CounterReading reading(ReadRequest request) {
        if (unreachable != null) {
            return new CounterReading.Unreachable(unreachable);
        }
        Map<String, ObjectiveCounters> counters = new HashMap<>();
        for (var objective : request.objectives()) {
            counters.put(
                    objective.name(),
                    new ObjectiveCounters(
                            RatioNumerator.BAD,
                            Map.of("canary-0", pod(canaryBad, canaryTotal)),
                            request.arms().baseline() == null
                                    ? Map.of()
                                    : Map.of("stable-0", pod(baselineBad, baselineTotal))));
        }
        return new CounterReading.Counters(counters);
    }

    private static PodCounters pod(double bad, double total) {
        return PodCounters.ofRatio(Map.of("requests{code=\"500\"}", bad), Map.of("requests", total));
    }
}
