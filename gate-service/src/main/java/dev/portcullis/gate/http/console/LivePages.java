package dev.portcullis.gate.http.console;

import dev.portcullis.gate.release.ReleaseMemory;
import dev.portcullis.gate.release.RolloutKey;
import dev.portcullis.kit.lifecycle.BackgroundWork;
import dev.portcullis.kit.lifecycle.PeriodicWork;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts of pages that change by themselves. Whoever looks at the same one gets the same text, which is made once after each change and not once for each viewer. A thread
 * wakes with what wakes waits for decisions, and every {@link #PULSE} to show that the connection is alive. Thread-safe.
 */
@Singleton
final class LivePages implements BackgroundWork {
    /** Between two signs of life: proxies end connections that are silent for longer than half a minute. */
    static final Duration PULSE = Duration.ofSeconds(15);

    /** Between two versions of one part, however much changes. */
    private static final Duration SHORTEST = Duration.ofMillis(250);

    /** Signs of life of a stream whose caller has a session: then he has to show that he still has it. */
    private static final int PULSES_OF_SESSION = 8;

    private static final int MOST_OF_CALLER = 20;
    private static final int MOST = 2_000;

    private static final Logger LOG = LoggerFactory.getLogger(LivePages.class);

    private final ReleaseMemory memory;
    private final Executor background =
            task -> Thread.ofVirtual().name("live-page").start(task);
    private final Map<Object, LivePart> parts = new ConcurrentHashMap<>();
    private final Map<String, Integer> ofCallers = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private final PeriodicWork pulses = new PeriodicWork(Thread.ofVirtual().name("live-pages"), PULSE, this::pulse);
    private volatile Runnable deaf = () -> {};
    private volatile boolean stopped;

    LivePages(ReleaseMemory memory, MeterRegistry meters) {
        this.memory = memory;
        Gauge.builder("portcullis.console.open.streams", open, AtomicInteger::get)
                .description("Pages of the console that are open and change by themselves")
                .register(meters);
    }

    @Override
    public void start() {
        deaf = memory.observe(this::changed);
        pulses.start();
    }

    /** Ends every stream; browsers come back by themselves, to another replica or to this one when it is back. */
    @Override
    public void stop() {
        stopped = true;
        deaf.run();
        pulses.stop();
        parts.values().forEach(LivePart::end);
    }

    private void pulse() {
        parts.keySet().forEach(topic -> parts.computeIfPresent(topic, (key, part) -> part.pulse() ? part : null));
    }

    /** @param rollouts that have changed; empty when anything may have */
    private void changed(Collection<RolloutKey> rollouts) {
        parts.values().stream()
                .filter(part -> rollouts.isEmpty() || part.concerns(rollouts))
                .forEach(LivePart::change);
    }

    /**
     * Opens a stream.
     *
     * @param caller who looks, as a key
     * @param topic equal for those who get the same
     * @param rollout what it is about; empty for all rollouts
     * @param render makes the text anew, as HTML; may block
     * @param known the id of the text that the viewer has; empty for none
     * @param ofSession whether he is known by a session, which may end before he leaves
     * @return empty when there are too many
     */
    Optional<Publisher<byte[]>> open(
            String caller,
            Object topic,
            Optional<RolloutKey> rollout,
            Supplier<String> render,
            String known,
            boolean ofSession) {
        if (stopped || !admit(caller)) {
            return Optional.empty();
        }
        var viewer = new LiveViewer(known, ofSession ? PULSES_OF_SESSION : Integer.MAX_VALUE, () -> leave(caller));
        parts.compute(topic, (key, part) -> {
            var joined = part == null ? new LivePart(rollout, render, background, SHORTEST, LOG) : part;
            joined.join(viewer);
            return joined;
        });
        return Optional.of(viewer.publisher());
    }

    private boolean admit(String caller) {
        var own = ofCallers.merge(caller, 1, Integer::sum);
        if (open.incrementAndGet() > MOST || own > MOST_OF_CALLER) {
            leave(caller);
            return false;
        }
        return true;
    }

    private void leave(String caller) {
        open.decrementAndGet();
        ofCallers.computeIfPresent(caller, (key, number) -> number == 1 ? null : number - 1);
    }
}
