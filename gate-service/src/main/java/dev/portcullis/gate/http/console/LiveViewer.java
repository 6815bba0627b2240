package dev.portcullis.gate.http.console;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** One stream of server-sent events: what comes faster than it is taken is replaced by what comes next, for only the newest version counts. Thread-safe. */
final class LiveViewer {
    private final Runnable left;
    private final AtomicBoolean over = new AtomicBoolean();
    private @Nullable Subscriber<? super byte[]> subscriber;
    private long demand;
    private @Nullable String waiting;
    private String shown;
    private boolean ending;
    private int pulsesLeft;

    /**
     * One that nobody takes yet.
     *
     * @param shown the id of the version that it has; empty for none
     * @param pulses after how many signs of life it ends, and whoever looks has to come back
     * @param left run once when it is over
     */
    LiveViewer(String shown, int pulses, Runnable left) {
        this.shown = shown;
        this.pulsesLeft = pulses;
        this.left = left;
    }

    Publisher<byte[]> publisher() {
        return this::subscribe;
    }

    private void subscribe(Subscriber<? super byte[]> taker) {
        synchronized (this) {
            if (subscriber != null) {
                throw new IllegalStateException("a stream has one taker");
            }
            subscriber = taker;
        }
        taker.onSubscribe(new Subscription() {
            @Override
            public void request(long number) {
                add(number);
            }

            @Override
            public void cancel() {
                close();
            }
        });
    }

    /** Shows a version unless it is there already. */
    synchronized void show(String id, String event) {
        if (!id.equals(shown)) {
            shown = id;
            waiting = event;
            send();
        }
    }

    /** Shows that the connection is alive, where nothing else waits, or ends it when its time is over. */
    synchronized void pulse() {
        if (pulsesLeft-- <= 0) {
            end();
        } else if (waiting == null) {
            waiting = ": \n\n";
            send();
        }
    }

    /** Tells when to come back, and ends it. */
    synchronized void end() {
        waiting = "retry: 2000\n\n";
        ending = true;
        send();
    }

    private synchronized void add(long number) {
        demand = Math.addExact(Math.min(demand, Long.MAX_VALUE / 2), Math.min(number, Long.MAX_VALUE / 2));
        send();
    }

    private void send() {
        var taker = subscriber;
        var event = waiting;
        if (taker == null || event == null || demand == 0 || over.get()) {
            return;
        }
        waiting = null;
        demand--;
        taker.onNext(event.getBytes(StandardCharsets.UTF_8));
        if (ending) {
            close();
            taker.onComplete();
        }
    }

    /** The caller has left, or is to leave. */
    void close() {
        if (over.compareAndSet(false, true)) {
            left.run();
        }
    }

    boolean isOver() {
        return over.get();
    }
}
