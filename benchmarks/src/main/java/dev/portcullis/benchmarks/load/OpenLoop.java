package dev.portcullis.benchmarks.load;

import java.net.URI;
import java.time.Duration;

/**
 * Questions that come at moments fixed beforehand, for a fixed time, whether the earlier ones are answered or not. Latencies count from these moments, so that an answer
 * that is slow is also counted for those who had to wait behind it (no coordinated omission).
 *
 * @param perSecond how many come in a second, evenly; 1 or more
 * @param connections how many there are for them, 1 or more: what comes while all are in use waits for one, and its latency counts
 * @param warmUp time before anything is measured
 * @param measured time that is measured
 */
public record OpenLoop(int perSecond, int connections, Duration warmUp, Duration measured) {
    /** Refuses a load of nothing or of no time. */
    public OpenLoop {
        if (perSecond < 1 || connections < 1 || warmUp.isNegative() || !measured.isPositive()) {
            throw new IllegalArgumentException(perSecond + " a second, " + connections + " connections, " + warmUp
                    + " warm-up, " + measured + " measured; must be 1 or more, 1 or more, 0 or more, above 0");
        }
    }

    /** Puts the load on an address and comes back when everything asked in both times is answered. */
    public LoadResult run(URI address, AnswerCheck check) throws InterruptedException {
        var schedule = new FixedRate(perSecond, Phases.beginningNow(warmUp, measured));
        return new LoadClients(connections, schedule, measured).run(address, check);
    }
}
