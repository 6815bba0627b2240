package dev.portcullis.analysis.usecase;

import dev.portcullis.analysis.metric.CounterReader;
import dev.portcullis.analysis.metric.CounterReading;
import dev.portcullis.analysis.run.RunPlan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The reading an analysis begins with, taken while its caller waits, and therefore only waited for so long. Thread-safe. */
public final class FirstReading {
    private final CounterReader reader;
    private final ExecutorService threads;
    private final Duration patience;

    /**
     * @param threads where the reading is done; to carry the caller's trace along
     * @param patience how long the caller is kept waiting at most
     */
    public FirstReading(CounterReader reader, ExecutorService threads, Duration patience) {
        this.reader = reader;
        this.threads = threads;
        this.patience = patience;
    }

    /** The reading; empty when it is not there in time. It is given up then, and the first poll takes another. */
    Optional<CounterReading> take(RunPlan plan) {
        var reading = threads.submit(
                () -> reader.read(List.of(plan.request()), plan.begin()).getFirst());
        try {
            return Optional.of(reading.get(patience.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            reading.cancel(true);
            return Optional.empty();
        } catch (InterruptedException e) {
            reading.cancel(true);
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "the first reading failed because of an error in the counter reader: " + e.getCause(), e);
        }
    }
}
