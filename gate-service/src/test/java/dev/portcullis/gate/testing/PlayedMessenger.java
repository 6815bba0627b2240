package dev.portcullis.gate.testing;

import dev.portcullis.gate.message.Delivery;
import dev.portcullis.gate.message.Draft;
import dev.portcullis.gate.message.MessageTransport;
import dev.portcullis.gate.message.Messenger;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A messenger that answers as a test says, and remembers what it was given. Thread-safe. */
public final class PlayedMessenger implements Messenger {
    private final List<Draft> drafts = new CopyOnWriteArrayList<>();
    private volatile Function<Draft, Delivery> answer = draft -> new Delivery.Delivered(Optional.of("thread"));

    /** Answers so from now on. */
    public void answer(Function<Draft, Delivery> next) {
        answer = next;
    }

    /** Fails from now on. */
    public void fail(Duration pause) {
        answer = draft -> new Delivery.Failed("away", false, pause);
    }

    /** Takes everything from now on. */
    public void recover() {
        answer = draft -> new Delivery.Delivered(Optional.of("thread"));
    }

    /** What it was given, failures included. */
    public List<Draft> drafts() {
        return List.copyOf(drafts);
    }

    @Override
    public Delivery deliver(Draft draft, MessageTransport transport) {
        drafts.add(draft);
        return answer.apply(draft);
    }

    @Override
    public Optional<String> obstacle(MessageTransport transport) {
        return Optional.empty();
    }

    @Override
    public URI address() {
        return URI.create("http://127.0.0.1");
    }

    @Override
    public String described() {
        return "a test";
    }
}
