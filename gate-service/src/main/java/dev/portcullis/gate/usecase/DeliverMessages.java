package dev.portcullis.gate.usecase;

import dev.portcullis.gate.message.Delivery;
import dev.portcullis.gate.message.Draft;
import dev.portcullis.gate.message.MessageBook;
import dev.portcullis.gate.message.MessageEnd;
import dev.portcullis.gate.message.MessageLinks;
import dev.portcullis.gate.message.MessageMeters;
import dev.portcullis.gate.message.MessageReceiver;
import dev.portcullis.gate.message.MessageTransport;
import dev.portcullis.gate.message.Messages;
import dev.portcullis.gate.message.WaitingMessage;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers the messages that wait: to each receiver one after the other, to several receivers side by side, so that one that does not answer holds up nobody else. What
 * is not taken is tried again after ever longer pauses; of several replicas one at a time is at a receiver. Thread-safe.
 */
public final class DeliverMessages {
    /** A replica that dies while it delivers has its receiver taken over after this; above the limit of all calls of a delivery. */
    private static final Duration LEASE = MessageTransport.LIMIT.multipliedBy(8);

    /** How long one goes on before whoever waits for the end of the work is heard. */
    private static final Duration TURN = Duration.ofSeconds(5);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    /** Of a message that is not taken. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    /** Of a receiver that takes nothing. */
    private static final Duration LONGEST_REST = Duration.ofMinutes(1);

    private static final int LONGEST_DOUBLING = 10;
    /** What has ended is known for some time, so that what it opened can be ended. */
    private static final Duration KEPT = Duration.ofDays(31);

    private static final Logger LOG = LoggerFactory.getLogger(DeliverMessages.class);

    private final Messages messages;
    private final Supplier<MessageBook> book;
    private final MessageTransport transport;
    private final MessageLinks links;
    private final MessageMeters meters;
    private final Executor background;
    private final Clock clock;
    private final DoubleSupplier random;

    /**
     * For the receivers of the configuration.
     *
     * @param background a thread per task
     * @param random from 0 to 1, so that replicas and receivers do not try in step
     */
    public DeliverMessages(
            Messages messages,
            Supplier<MessageBook> book,
            MessageTransport transport,
            MessageLinks links,
            MessageMeters meters,
            Executor background,
            Clock clock,
            DoubleSupplier random) {
        this.messages = messages;
        this.book = book;
        this.transport = transport;
        this.links = links;
        this.meters = meters;
        this.background = background;
        this.clock = clock;
        this.random = random;
    }

    /** Begins with every receiver for whom something is due, and returns; what is too old is given up. */
    public void deliverDue() {
        var receivers = book.get().receivers();
        for (var name : messages.receiversDue(clock.instant())) {
            var receiver = receivers.get(name);
            if (receiver != null) {
                background.execute(() -> serve(receiver));
            }
        }
    }

    /** Gives up what is too old, and forgets what has ended long ago. */
    public void sweep() {
        var receivers = book.get().receivers();
        var now = clock.instant();
        receivers.values().forEach(one -> messages.giveUp(List.of(one.name()), false, now.minus(one.giveUpAfter()), now)
                .forEach(this::givenUp));
        messages.giveUp(List.copyOf(receivers.keySet()), true, now.minus(MessageReceiver.USUAL_AGE), now)
                .forEach(this::givenUp);
        messages.forget(now.minus(KEPT));
    }

    private void givenUp(Messages.GivenUp message) {
        LOG.warn(
                "message {} ({}) to receiver '{}' is given up, for it is too old: {}",
                message.id(),
                message.event(),
                message.receiver(),
                message.fault().isEmpty() ? "it was never tried" : message.fault());
        meters.ended(MessageEnd.GIVEN_UP);
    }

    /** Serves one receiver until nothing is due for it, or it does not take something. */
    private void serve(MessageReceiver receiver) {
        try {
            var now = clock.instant();
            var failures = messages.takeLane(receiver.name(), now, now.plus(LEASE));
            if (failures.isPresent()) {
                deliverAll(receiver, failures.getAsInt());
            }
        } catch (RuntimeException e) {
            LOG.warn("messages to receiver '{}' wait: they could not be looked up or noted", receiver.name(), e);
        }
    }

    private void deliverAll(MessageReceiver receiver, int failuresBefore) {
        var failures = failuresBefore;
        var rest = Duration.ZERO;
        var end = clock.instant().plus(TURN);
        while (rest.isZero() && clock.instant().isBefore(end)) {
            var now = clock.instant();
            messages.leaveLane(receiver.name(), failures, now.plus(LEASE));
            var next = messages.take(receiver.name(), now, now.plus(LEASE));
            if (next.isEmpty()) {
                break;
            }
            var failed = deliver(receiver, next.getFirst());
            failures = failed.isPresent() ? failures + 1 : 0;
            var pause = pause(failures, LONGEST_REST);
            rest = failed.map(why -> longer(pause, why.pause())).orElse(Duration.ZERO);
        }
        messages.leaveLane(receiver.name(), failures, clock.instant().plus(rest));
    }

    /** Delivers one, and notes what came of it; answers why it has to be tried again. */
    private Optional<Delivery.Failed> deliver(MessageReceiver receiver, WaitingMessage waiting) {
        var draft = new Draft(waiting.message(), waiting.thread(), waiting.doubtful(), links, clock.instant());
        return switch (receiver.messenger().deliver(draft, transport)) {
            case Delivery.Delivered delivered -> {
                messages.delivered(waiting, delivered, clock.instant());
                meters.ended(MessageEnd.DELIVERED);
                yield Optional.empty();
            }
            case Delivery.Refused refused -> {
                LOG.warn("{} is refused for good: {}", shown(waiting), refused.fault());
                messages.refused(waiting, refused.fault(), clock.instant());
                meters.ended(MessageEnd.REFUSED);
                yield Optional.empty();
            }
            case Delivery.Failed failed -> {
                LOG.warn("{} is tried again: {}", shown(waiting), failed.fault());
                var pause = longer(pause(waiting.attempts() + 1, LONGEST_PAUSE), failed.pause());
                messages.postpone(waiting, failed, clock.instant().plus(pause));
                meters.failed();
                yield Optional.of(failed);
            }
        };
    }

    private static String shown(WaitingMessage waiting) {
        var message = waiting.message();
        return "message " + message.id() + " (" + message.event().word() + " of "
                + message.subject().name() + ") to receiver '" + message.receiver() + "'";
    }

    /** Twice as long after each failure, shortened by up to a half at random. */
    private Duration pause(int failures, Duration longest) {
        if (failures == 0) {
            return Duration.ZERO;
        }
        var whole = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, LONGEST_DOUBLING));
        var bounded = whole.compareTo(longest) < 0 ? whole : longest;
        return Duration.ofMillis(Math.round(bounded.toMillis() * (1 - random.getAsDouble() / 2)));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
