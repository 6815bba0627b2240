package dev.portcullis.benchmarks.load;

import java.net.URI;
import java.time.Duration;

/**
 * A number of clients, each of which asks, waits for the answer and asks again, for a fixed time.
 *
 * @param clients how many, each with a connection of its own; 1 or more
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
        var schedule = new AskAgain(Phases.beginningNow(warmUp, measured));
        return new LoadClients(clients, schedule, measured).run(address, check);
    }
}
