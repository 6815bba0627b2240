package dev.portcullis.benchmarks.load;

import dev.portcullis.benchmarks.load.AnswerCheck.Finding;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;

/** One client of a load, with a connection of its own. Used by one thread. */
final class Client implements Callable<LoadResult> {
    private static final Duration PAUSE_AFTER_FAULT = Duration.ofMillis(10);

    private final URI address;
    private final AnswerCheck check;
    private final Schedule schedule;
    private final LoadResult result;

    /** @param measured time that is measured */
    Client(URI address, AnswerCheck check, Schedule schedule, Duration measured) {
        this.address = address;
        this.check = check;
        this.schedule = schedule;
        this.result = new LoadResult(measured);
    }

    @Override
    public LoadResult call() throws InterruptedException {
        var next = schedule.next();
        while (next.isPresent()) {
            try (var connection = KeepAliveConnection.getting(address)) {
                while (next.isPresent()) {
                    ask(connection, next.getAsLong());
                    next = schedule.next();
                }
            } catch (IOException | NumberFormatException e) {
                result.count(new Finding(false, "no answer: " + e.getMessage()));
                // A server that is gone must not make this loop take the machine.
                Thread.sleep(PAUSE_AFTER_FAULT);
                next = schedule.next();
            }
        }
        return result;
    }

    private void ask(KeepAliveConnection connection, long asked) throws IOException {
        var answer = connection.ask();
        var answered = System.nanoTime();
        var finding = check.check(answer.status(), answer.body());
        if (!finding.valid()) {
            result.count(finding);
        } else if (schedule.counts(asked, answered)) {
            result.count(finding);
            result.latency(answered - asked);
        }
    }
}
