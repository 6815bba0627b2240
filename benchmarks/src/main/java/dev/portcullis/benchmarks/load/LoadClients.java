package dev.portcullis.benchmarks.load;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A number of clients, each a virtual thread with a connection of its own, that ask by one schedule. */
record LoadClients(int number, Schedule schedule, Duration measured) {
    /** Comes back when the schedule is over and the last answer is there. */
    LoadResult run(URI address, AnswerCheck check) throws InterruptedException {
        var results = new ArrayList<Future<LoadResult>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < number; i++) {
                results.add(threads.submit(new Client(address, check, schedule, measured)));
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
