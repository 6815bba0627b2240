package dev.portcullis.gate.telemetry;

import dev.portcullis.gate.message.MessageBacklog;
import dev.portcullis.gate.message.MessageEnd;
import dev.portcullis.gate.message.MessageMeters;
import dev.portcullis.gate.message.Messages;
import dev.portcullis.kit.lifecycle.BackgroundWork;
import dev.portcullis.kit.lifecycle.PeriodicWork;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What became of messages, as {@code portcullis_gate_messages_total} and {@code portcullis_gate_message_failures_total}, which are there from the start; and how many
 * wait for how long, looked up every few seconds by every replica: {@code portcullis_gate_waiting_messages} and {@code portcullis_gate_oldest_message_age_seconds}, not a
 * number while the database cannot be asked. Thread-safe.
 */
public final class CountedMessages implements MessageMeters, BackgroundWork {
    private static final Logger LOG = LoggerFactory.getLogger(CountedMessages.class);
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final Messages messages;
    private final MeterRegistry meters;
    private final Counter failures;
    private final Clock clock;
    private final PeriodicWork looks = new PeriodicWork(Thread.ofVirtual().name("messages"), EVERY, this::look);
    private volatile Optional<MessageBacklog> latest = Optional.empty();

    public CountedMessages(Messages messages, MeterRegistry meters, Clock clock) {
        this.messages = messages;
        this.meters = meters;
        this.clock = clock;
        this.failures = Counter.builder("portcullis.gate.message.failures")
                .description("Attempts to deliver a message that failed and are repeated")
                .register(meters);
        List.of(MessageEnd.values()).forEach(this::end);
        Gauge.builder("portcullis.gate.waiting.messages", this, CountedMessages::count)
                .description("Messages that are still to be delivered")
                .register(meters);
        TimeGauge.builder("portcullis.gate.oldest.message.age", this, TimeUnit.SECONDS, CountedMessages::age)
                .description(
                        "Time since the oldest message was written that is still to be delivered; 0 when there is none")
                .register(meters);
    }

    private Counter end(MessageEnd end) {
        return Counter.builder("portcullis.gate.messages")
                .description("Messages to receivers whose way has ended, by how")
                .tag("end", end.name())
                .register(meters);
    }

    @Override
    public void ended(MessageEnd end) {
        end(end).increment();
    }

    @Override
    public void failed() {
        failures.increment();
    }

    private double count() {
        return latest.map(MessageBacklog::count).map(Long::doubleValue).orElse(Double.NaN);
    }

    private double age() {
        return latest.map(backlog -> backlog.oldest()
                        .map(oldest -> Duration.between(oldest, clock.instant()).toMillis() / 1e3)
                        .map(seconds -> Math.max(0, seconds))
                        .orElse(0.0))
                .orElse(Double.NaN);
    }

    @Override
    public void start() {
        looks.start();
    }

    @Override
    public void stop() {
        looks.stop();
    }

    /** Looks once. */
    void look() {
        try {
            latest = Optional.of(messages.backlog());
        } catch (RuntimeException e) {
            latest = Optional.empty();
            LOG.debug("the messages that wait cannot be counted and are with the next look", e);
        }
    }
}
