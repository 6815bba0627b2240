package dev.portcullis.gate.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.gate.kayenta.CanaryExecution;
import dev.portcullis.gate.release.Releases;
import dev.portcullis.gate.telemetry.CountedReleaseEvents;
import dev.portcullis.gate.testing.GateUnderTest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class EvaluateExecutionIT {
    private static final CanaryExecution EXECUTION =
            new CanaryExecution("checkout", "shop", "west", "c1", "s1", "01HX", 95, 75);

    @AutoClose
    private final GateUnderTest gate = GateUnderTest.ofCheckout();

    @Test
    void aReleaseThatEndsWhileItIsLookedAtIsNotBegunAnew() {
        var service = gate.service();
        var releases = service.get(Releases.class);
        var executions = service.get(EvaluateExecution.class);
        executions.begin(EXECUTION, System.nanoTime());
        var opened = releases.find(EXECUTION.key()).orElseThrow();
        var slow = new EvaluateGate(
                request -> Optional.empty(),
                request -> {
                    executions.cancel(EXECUTION);
                    return service.get(EvaluateGate.class).evaluate(request, System.nanoTime());
                },
                () -> 0,
                task -> Thread.ofVirtual().start(task),
                new CountedReleaseEvents(new SimpleMeterRegistry()),
                Duration.ofMinutes(1),
                System::nanoTime);
        var read = new EvaluateExecution(slow, releases, service.get(EndRelease.class))
                .read(EXECUTION, System.nanoTime())
                .release()
                .orElseThrow();
        assertEquals(opened.id(), read.id());
        assertEquals(opened.id(), releases.find(EXECUTION.key()).orElseThrow().id(), "there is no other run");
    }
}
