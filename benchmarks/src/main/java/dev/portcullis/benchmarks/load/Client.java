package dev.portcullis.benchmarks.load;

import dev.portcullis.benchmarks.load.AnswerCheck.Finding;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;

/** One client of a closed loop. Used by one thread. */
final class Client implements Callable<LoadResult> {
    private static final Duration PAUSE_AFTER_FAULT = Duration.ofMillis(10);

    private final URI address;
    private final AnswerCheck check;
    private final Phases phases;
    private final LoadResult result;

    Client(URI address, AnswerCheck check, Phases phases) {
        this.address = address;
        this.check = check;
        this.phases = phases;
        this.result = new LoadResult(phases.measured());
    }

    @Override
    public LoadResult call() throws InterruptedException {
        while (!phases.over()) {
            try (var connection = new KeepAliveConnection(address)) {
                askUntilOver(connection);
            } catch (IOException | NumberFormatException e) {
                result.count(new Finding(false, "no answer: " + e.getMessage()));
                // A server that is gone must not make this loop take the machine.
                Thread.sleep(PAUSE_AFTER_FAULT);
            }
        }
        return result;
    }

    private void askUntilOver(KeepAliveConnection connection) throws IOException {
        while (!phases.over()) {
            var asked = System.nanoTime();
            var answer = connection.ask();
            var answered = System.nanoTime();
            var finding = check.check(answer.status(), answer.body());
            if (!finding.valid()) {
                result.count(finding);
            } else if (phases.cover(asked, answered)) {
                result.count(finding);
                result.latency(answered - asked);
            }
        }
    }
}
