package dev.portcullis.gate.usecase;

import dev.portcullis.gate.flagger.HookCall;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes Flagger's events in without keeping it waiting, and reads them afterwards in their order. Thread-safe. */
public final class HearEvents {
    /** Flagger sends a handful at each look at a Canary. */
    private static final int MOST_WAITING = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(HearEvents.class);

    private final AnswerHook answerHook;
    private final Executor background;
    private final Queue<HookCall> waiting = new ArrayDeque<>();
    private boolean reading;
    private boolean full;

    /** @param background a thread per task */
    public HearEvents(AnswerHook answerHook, Executor background) {
        this.answerHook = answerHook;
        this.background = background;
    }

    /** Takes an event in; of too many at once the newest are left out, which is logged: rollouts are followed by the other hooks too. */
    public void hear(HookCall event) {
        if (taken(event)) {
            background.execute(this::read);
        }
    }

    /** Whether somebody has to begin to read. */
    private synchronized boolean taken(HookCall event) {
        if (waiting.size() >= MOST_WAITING) {
            if (!full) {
                LOG.warn("{} events of Flagger wait to be read; further ones are left out", waiting.size());
            }
            full = true;
            return false;
        }
        waiting.add(event);
        var begins = !reading;
        reading = true;
        return begins;
    }

    private synchronized Optional<HookCall> next() {
        full = full && waiting.size() >= MOST_WAITING / 2;
        reading = !waiting.isEmpty();
        return Optional.ofNullable(waiting.poll());
    }

    private void read() {
        for (var event = next(); event.isPresent(); event = next()) {
            read(event.get());
        }
    }

    private void read(HookCall event) {
        try {
            answerHook.hear(event);
        } catch (RuntimeException e) {
            LOG.warn("an event of Canary {}/{} could not be read: {}", event.namespace(), event.name(), e.toString());
        }
    }
}
