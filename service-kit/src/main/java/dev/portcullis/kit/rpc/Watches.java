package dev.portcullis.kit.rpc;

import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The streams of a method that each follow one resource. Whoever made a change, one statement four times a second finds the changes for all of them, and a changed
 * resource is read once, however many streams follow it; while there is no stream, nothing is asked. Thread-safe.
 *
 * @param <T> the resource as a message
 */
public final class Watches<T> {
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private final ChangePoller<T> poller;
    private final Predicate<T> ended;

    /**
     * Of one method.
     *
     * @param versions tells of several resources a text that is another after each change; those that do not exist are left out
     * @param read reads one resource; its errors end the streams that follow it
     * @param ended whether a resource never changes again
     */
    public Watches(Versions versions, Function<UUID, T> read, Predicate<T> ended) {
        this.poller = new ChangePoller<>(versions, read, LOOK_EVERY);
        this.ended = ended;
    }

    /**
     * Streams a resource: at once, then whenever it differs from what was sent last, until it has ended, the caller has left or the service stops. Runs on the calling
     * (virtual) thread.
     *
     * @param id tells which; its error is the stream's
     */
    public void follow(StreamObserver<T> observer, Supplier<UUID> id) {
        try (var subscription = poller.follow(id.get())) {
            stream((ServerCallStreamObserver<T>) observer, subscription);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            Answers.leave((ServerCallStreamObserver<T>) observer);
        } catch (RuntimeException e) {
            observer.onError(Answers.asStatus(e));
        }
    }

    /** Whether changes are looked for, as they are while there are streams. */
    boolean looking() {
        return poller.looking();
    }

    private void stream(ServerCallStreamObserver<T> observer, ChangePoller<T>.Subscription subscription)
            throws InterruptedException {
        @Nullable T sent = null;
        while (!Context.current().isCancelled()) {
            var value = subscription.value();
            if (!Objects.equals(value, sent)) {
                observer.onNext(value);
                sent = value;
            }
            if (ended.test(value)) {
                observer.onCompleted();
                return;
            }
            while (!subscription.awaitChange(LOOK_EVERY) && !Context.current().isCancelled()) {
                // Looks up now and then whether its caller is still there.
            }
        }
        Answers.leave(observer);
    }
}
