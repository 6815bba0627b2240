package dev.portcullis.benchmarks.gate;

import dev.portcullis.benchmarks.load.LoadResult;
import dev.portcullis.benchmarks.load.OpenLoop;
import dev.portcullis.benchmarks.process.Memory;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/**
 * Callers of {@code /v1/gate} that wait for the decision on one release, with polls of {@code /v1/argo} beside them, and then the decision.
 *
 * @param waits how many callers wait, 1 or more
 * @param pollsPerSecond of the open loop beside them
 * @param warmUp of the polls before the first wait is open
 * @param measured time of the polls beside the open waits
 */
record OpenWaitsLoad(int waits, int pollsPerSecond, Duration warmUp, Duration measured) {
    private static final int CONNECTIONS = 32;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);
    private static final Duration OPENED_WITHIN = Duration.ofSeconds(30);
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(10);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final Duration NO_WARM_UP = Duration.ZERO;

    /**
     * What was seen.
     *
     * @param before the polls before the first wait was open
     * @param polls beside the open waits
     * @param promoting time of the call that decides, on a new connection
     * @param answers to the waits, from the moment of the decision on
     * @param heapKib of live objects for one wait
     * @param residentKib of the process for one wait
     */
    record Result(
            LoadResult before,
            LoadResult polls,
            Duration promoting,
            LoadResult answers,
            double heapKib,
            double residentKib) {}

    /** @throws IOException when the waits cannot be opened, or the memory not told */
    Result run(GateUnderLoad gate) throws IOException, InterruptedException {
        var endpoint = gate.openRelease();
        var release = DecisionCheck.releaseIn(SingleRequests.get(endpoint.address()));
        var before =
                new OpenLoop(pollsPerSecond, CONNECTIONS, NO_WARM_UP, warmUp).run(endpoint.address(), endpoint.check());
        var heap = Memory.liveHeap(gate.pid());
        var resident = Memory.resident(gate.pid());
        try (var callers = gate.wait(waits, release, LONGEST_WAIT)) {
            awaitOpen(gate);
            var residentWith = Memory.resident(gate.pid());
            var heapWith = Memory.liveHeap(gate.pid());
            var beside = new OpenLoop(pollsPerSecond, CONNECTIONS, NO_WARM_UP, measured)
                    .run(endpoint.address(), endpoint.check());
            var asked = System.nanoTime();
            var decision = gate.promote(release);
            var now = System.nanoTime();
            var decided = now - Duration.between(decision, Instant.now()).toNanos();
            return new Result(
                    before,
                    beside,
                    Duration.ofNanos(now - asked),
                    callers.answers(decided, ANSWERED_WITHIN),
                    (heapWith - heap) / (double) waits,
                    (residentWith - resident) / (double) waits);
        }
    }

    private void awaitOpen(GateUnderLoad gate) throws IOException, InterruptedException {
        var end = System.nanoTime() + OPENED_WITHIN.toNanos();
        for (var open = gate.openWaits(); open < waits; open = gate.openWaits()) {
            if (System.nanoTime() - end > 0) {
                throw new IOException(
                        "of " + waits + " waits " + open + " are open after " + OPENED_WITHIN.toSeconds() + " s");
            }
            Thread.sleep(LOOK_EVERY);
        }
    }
}
