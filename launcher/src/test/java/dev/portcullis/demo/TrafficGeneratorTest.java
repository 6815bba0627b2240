package dev.portcullis.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TrafficGeneratorTest {
    private static final Duration TICK = Duration.ofMillis(100);

    private final ReadyPods stable = readyPods("7d9c8", 0.0005);
    private final ReadyPods canary = readyPods("6f5b4", 0.03);
    private final TrafficGenerator traffic = new TrafficGenerator(6000, new SplittableRandom(42));

    private static ReadyPods readyPods(String hash, double errorRatio) {
        var pods = IntStream.rangeClosed(1, 3)
                .mapToObj(i -> new ShopPod("checkout-" + hash + "-" + i, "checkout"))
                .toList();
        return new ReadyPods(new Version(hash, errorRatio), pods);
    }

    private static long total(ReadyPods readyPods) {
        return readyPods.pods().stream()
                .mapToLong(pod -> pod.counters().total())
                .sum();
    }

    private static long failed(ReadyPods readyPods) {
        return readyPods.pods().stream()
                .mapToLong(pod -> pod.counters().failed())
                .sum();
    }

    /** Five standard deviations: a seeded draw outside of it is a fault of the code. */
    private static double fiveSigma(double n, double p) {
        return 5 * Math.sqrt(n * p * (1 - p));
    }

    private void run(int ticks, double weight) {
        for (int i = 0; i < ticks; i++) {
            traffic.advance(TICK, stable, canary, weight);
        }
    }

    @Test
    void hundredSecondsBringSixHundredThousandRequestsWhateverTheTicks() {
        run(1000, 0.1);
        assertEquals(600_000, total(stable) + total(canary));

        for (int i = 0; i < 7; i++) {
            traffic.advance(Duration.ofNanos(1_000_000_000L / 7 + 1), stable, canary, 0.1);
        }
        assertEquals(606_000, total(stable) + total(canary), 1);
    }

    @Test
    void theArmsGetTheirShareAndThePodsOfAnArmTheSame() {
        run(1000, 0.1);

        assertEquals(60_000, total(canary), fiveSigma(600_000, 0.1));
        for (var readyPods : List.of(stable, canary)) {
            var third = total(readyPods) / 3.0;
            readyPods
                    .pods()
                    .forEach(pod -> assertEquals(third, pod.counters().total(), fiveSigma(total(readyPods), 1 / 3.0)));
        }
    }

    @Test
    void eachVersionFailsAtItsOwnRate() {
        run(1000, 0.25);

        assertEquals(0.0005 * total(stable), failed(stable), fiveSigma(total(stable), 0.0005));
        assertEquals(0.03 * total(canary), failed(canary), fiveSigma(total(canary), 0.03));
    }

    @Test
    void errorsOfATickVaryAsABinomialDoes() {
        var squares = 0.0;
        var variance = 0.0;
        for (int i = 0; i < 2000; i++) {
            var requests = total(canary);
            var errors = failed(canary);
            run(1, 0.5);
            var n = total(canary) - requests;
            squares += Math.pow(failed(canary) - errors - 0.03 * n, 2);
            variance += 0.03 * 0.97 * n;
        }
        assertEquals(1, squares / variance, 0.2);
    }

    @Test
    void noWeightMeansNoRequestAndFullWeightAllOfThem() {
        assertEquals(new TrafficGenerator.RequestCounts(600, 0), traffic.advance(TICK, stable, canary, 0));
        assertEquals(new TrafficGenerator.RequestCounts(0, 600), traffic.advance(TICK, stable, canary, 1));
        assertEquals(600, total(canary));
    }

    @Test
    void theSameSeedTellsTheSameStoryHoweverTimeIsCut() {
        run(50, 0.1);
        var again = List.of(readyPods("7d9c8", 0.0005), readyPods("6f5b4", 0.03));
        var repeated = new TrafficGenerator(6000, new SplittableRandom(42));
        for (int i = 0; i < 5; i++) {
            repeated.advance(Duration.ofSeconds(1), again.get(0), again.get(1), 0.1);
        }

        assertEquals(texts(List.of(stable, canary)), texts(again));

        var other = List.of(readyPods("7d9c8", 0.0005), readyPods("6f5b4", 0.03));
        new TrafficGenerator(6000, new SplittableRandom(43))
                .advance(Duration.ofSeconds(5), other.get(0), other.get(1), 0.1);
        assertNotEquals(texts(again), texts(other));
    }

    private static List<String> texts(List<ReadyPods> arms) {
        return arms.stream()
                .flatMap(readyPods -> readyPods.pods().stream())
                .map(pod -> pod.counters().exposition("checkout"))
                .toList();
    }

    @Test
    void anArmWithoutPodsLosesItsRequests() {
        var empty = new ReadyPods(canary.version(), List.of());

        var requestCounts = traffic.advance(TICK, stable, empty, 0.5);

        assertEquals(requestCounts.stable(), total(stable));
        assertEquals(600, requestCounts.stable() + requestCounts.canary());
    }

    @Test
    void aMachineThatSleptForAnHourOwesTenSecondsAtMost() {
        traffic.advance(Duration.ofHours(1), stable, canary, 0);

        assertEquals(60_000, total(stable));
    }

    @Test
    void aRateThatIsNoneIsRefused() {
        for (var rate : Stream.of(0.0, -1.0, Double.NaN).toList()) {
            assertThrows(IllegalArgumentException.class, () -> new TrafficGenerator(rate, new SplittableRandom(1)));
        }
    }
}
