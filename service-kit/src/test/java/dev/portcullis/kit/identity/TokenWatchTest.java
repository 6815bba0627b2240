package dev.portcullis.kit.identity;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class TokenWatchTest {
    @Test
    void aFaultEndsNoWatch() throws InterruptedException {
        var clock = InstantSource.system();
        var asked = new CountDownLatch(3);
        var tokens = new IssuedTokens(
                uses -> {
                    asked.countDown();
                    return List.of();
                },
                clock,
                System::nanoTime);
        var verifier = new CallerVerifier(
                () -> AccessRules.NONE,
                true,
                new PeerTokens("secret", "gate-service", clock),
                tokens,
                (issuer, address) -> {
                    throw new IOException("nobody is asked");
                },
                clock,
                System::nanoTime,
                Runnable::run);
        var ends = new TokenEnds(
                () -> {
                    throw new IllegalStateException("a fault of the test");
                },
                tokens,
                clock,
                new SimpleMeterRegistry());
        var watch = new TokenWatch(verifier, tokens, ends, Duration.ofMillis(1));
        watch.start();
        try {
            assertTrue(asked.await(30, TimeUnit.SECONDS), "it goes on asking");
        } finally {
            watch.stop();
        }
    }
}
