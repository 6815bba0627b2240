package dev.portcullis.benchmarks.load;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A number of clients, each of which asks, waits for the answer and asks again, for a fixed time.
 *
 * @param clients how many, each a virtual thread with a connection of its own; 1 or more
 * @param warmUp time before anything is measured
 * @param measured time that is measured
 */
public record ClosedLoop(int clients, Duration warmUp, Duration measured) {
    /** Refuses a load of nobody or of no time. */
    public ClosedLoop {
        if (clients < 1 || warmUp.isNegative() || !measured.isPositive()) {
            throw new IllegalArgumentException(clients + " clients, " + warmUp + " warm-up, " + measured
                    + " measured; must be 1 or more, 0 or more, above 0");
        }
    }

    /** Puts the load on an address and comes back after both times. */
    public LoadResult run(URI address, AnswerCheck check) throws InterruptedException {
        var phases = Phases.beginningNow(warmUp, measured);
        var results = new ArrayList<Future<LoadResult>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < clients; i++) {
                results.add(threads.submit(new Client(address, check, phases)));
            }
        }
        var total = new LoadResult(measured);
        for (var result : results) {
            total.add(outcome(result));
        }
        return total;
    }

    private static LoadResult outcome(Future<LoadResult> result) throws InterruptedException {
        try {
            return result.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a client ended early", e);
        }
    }
}
