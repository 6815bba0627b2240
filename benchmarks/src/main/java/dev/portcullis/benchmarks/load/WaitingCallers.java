package dev.portcullis.benchmarks.load;

import dev.portcullis.benchmarks.load.AnswerCheck.Finding;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Callers that have each asked one question, on a connection of their own, and wait for its answer. Used by one thread. */
public final class WaitingCallers implements AutoCloseable {
    private final AnswerCheck check;
    private final List<KeepAliveConnection> connections = new ArrayList<>();
    private final List<CompletableFuture<Arrived>> answers = new ArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private WaitingCallers(AnswerCheck check) {
        this.check = check;
    }

    /** An answer, and when it was there. */
    private record Arrived(KeepAliveConnection.Answer answer, long moment) {}

    /**
     * Asks, and comes back when all have.
     *
     * @param number of callers
     * @param json body of the POST
     * @param longest how long an answer may take
     */
    public static WaitingCallers ask(int number, URI address, String json, AnswerCheck check, Duration longest)
            throws IOException {
        var callers = new WaitingCallers(check);
        try {
            for (var i = 0; i < number; i++) {
                callers.ask(KeepAliveConnection.posting(address, json, longest));
            }
            return callers;
        } catch (IOException | RuntimeException e) {
            callers.close();
            throw e;
        }
    }

    private void ask(KeepAliveConnection connection) throws IOException {
        connections.add(connection);
        connection.send();
        var answer = new CompletableFuture<Arrived>();
        answers.add(answer);
        threads.execute(() -> {
            try {
                var received = connection.receive();
                answer.complete(new Arrived(received, System.nanoTime()));
            } catch (IOException | RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
    }

    /**
     * Waits for all answers.
     *
     * @param decided the moment that answers were waited for, by {@link System#nanoTime}: latencies count from there, and an answer before it is an error
     * @param limit how long after that an answer may come; one that does not is an error
     */
    public LoadResult answers(long decided, Duration limit) throws InterruptedException {
        var result = new LoadResult(limit);
        for (var answer : answers) {
            result.count(finding(answer, decided, limit, result));
        }
        return result;
    }

    private Finding finding(CompletableFuture<Arrived> answer, long decided, Duration limit, LoadResult result)
            throws InterruptedException {
        try {
            var left = decided + limit.toNanos() - System.nanoTime();
            var arrived = answer.get(Math.max(0, left), TimeUnit.NANOSECONDS);
            if (arrived.moment() - decided < 0) {
                return new Finding(false, "answered before the decision");
            }
            var finding =
                    check.check(arrived.answer().status(), arrived.answer().body());
            if (finding.valid()) {
                result.latency(arrived.moment() - decided);
            }
            return finding;
        } catch (TimeoutException e) {
            return new Finding(false, "no answer " + limit.toSeconds() + " s after the decision");
        } catch (ExecutionException e) {
            return new Finding(false, "no answer: " + e.getMessage());
        }
    }

    /** Callers that are still waiting leave. */
    @Override
    public void close() {
        for (var connection : connections) {
            try {
                connection.close();
            } catch (IOException alreadyBroken) {
                // then it waits for nothing
            }
        }
        threads.close();
    }
}
