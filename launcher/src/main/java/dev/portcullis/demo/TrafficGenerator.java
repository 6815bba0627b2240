package dev.portcullis.demo;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The customers of the shop: requests at a steady rate, each drawn by itself (arm, pod, success, latency), so that counts per arm and errors are binomial. The
 * draws depend on the random source and on the number of the request only, not on how the time is cut into steps. Not thread-safe.
 */
final class TrafficGenerator {
    /** A machine that slept does not owe the shop hours of requests. */
    private static final Duration LONGEST_STEP = Duration.ofSeconds(10);

    private static final double MEDIAN_LATENCY_SECONDS = 0.04;
    private static final double LATENCY_SPREAD = 0.6;

    private final double requestsPerSecond;
    private final RandomGenerator random;
    private double owed;

    /** @param requestsPerSecond over all pods, above 0 */
    TrafficGenerator(double requestsPerSecond, RandomGenerator random) {
        if (!(requestsPerSecond > 0)) {
            throw new IllegalArgumentException("requestsPerSecond: " + requestsPerSecond + " is not above 0");
        }
        this.requestsPerSecond = requestsPerSecond;
        this.random = random;
    }

    /** Requests that reached each arm in one step. */
    record RequestCounts(long stable, long canary) {}

    /** Sends the requests of a length of time; what is less than one request is kept for the next step. */
    RequestCounts advance(Duration elapsed, ReadyPods stable, ReadyPods canary, double canaryWeight) {
        var step = elapsed.compareTo(LONGEST_STEP) < 0 ? elapsed : LONGEST_STEP;
        owed += requestsPerSecond * step.toNanos() / 1e9;
        var requests = (long) owed;
        owed -= requests;
        var toCanary = 0L;
        for (long i = 0; i < requests; i++) {
            var isCanary = random.nextDouble() < canaryWeight;
            send(isCanary ? canary : stable);
            toCanary += isCanary ? 1 : 0;
        }
        return new RequestCounts(requests - toCanary, toCanary);
    }

    private void send(ReadyPods readyPods) {
        var share = random.nextDouble();
        var failed = random.nextDouble() < readyPods.version().errorRatio();
        var latency = MEDIAN_LATENCY_SECONDS * Math.exp(LATENCY_SPREAD * random.nextGaussian());
        if (!readyPods.pods().isEmpty()) {
            readyPods.pods().get((int) (share * readyPods.pods().size())).serve(failed, latency);
        }
    }
}
