package dev.portcullis.kit.rpc;

import com.google.rpc.Code;
import dev.portcullis.kit.database.DatabaseFault;
import dev.portcullis.kit.document.UnreadableDocumentException;
import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a service method answers: the value of a function, or what is found again and again; errors become the error model. Stateless. */
public final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    private Answers() {}

    /**
     * Answers one value, or its error. Whatever the database says no to is UNAVAILABLE, a record that cannot be read is DATA_LOSS; anything else but a StatusRuntimeException is a fault of ours: logged here,
     * INTERNAL there.
     */
    public static <T> void unary(StreamObserver<T> observer, Supplier<T> body) {
        T value;
        try {
            value = body.get();
        } catch (RuntimeException e) {
            observer.onError(asStatus(e));
            return;
        }
        observer.onNext(value);
        observer.onCompleted();
    }

    /**
     * Streams what is found: the first find whatever it is, which tells the caller that he is served, then each that is something. Looks again and again until the
     * caller has left or the service stops; not while the caller is slow to read. Runs on the calling (virtual) thread.
     *
     * @param every time between two looks
     * @param nothing whether a find is not worth a message
     */
    public static <T> void follow(StreamObserver<T> observer, Duration every, Supplier<T> look, Predicate<T> nothing) {
        var first = new AtomicBoolean(true);
        follow(observer, every, to -> {
            var found = look.get();
            if (first.getAndSet(false) || !nothing.test(found)) {
                to.onNext(found);
            }
        });
    }

    /**
     * Streams what looks tell: looks at once, and again and again until the caller has left or the service stops; not while the caller is slow to read. Runs on the
     * calling (virtual) thread.
     *
     * @param every time between two looks
     * @param look sends its messages itself, none or more; its error ends the stream
     */
    public static <T> void follow(StreamObserver<T> observer, Duration every, Consumer<StreamObserver<T>> look) {
        try {
            follow((ServerCallStreamObserver<T>) observer, every, look);
        } catch (RuntimeException e) {
            observer.onError(asStatus(e));
        }
    }

    private static <T> void follow(
            ServerCallStreamObserver<T> observer, Duration every, Consumer<StreamObserver<T>> look) {
        look.accept(observer);
        while (wanted()) {
            LockSupport.parkNanos(every.toNanos());
            if (observer.isReady() && wanted()) {
                look.accept(observer);
            }
        }
        leave(observer);
    }

    private static boolean wanted() {
        return !Context.current().isCancelled();
    }

    /** A caller who has left hears nothing more; one who has not is told that the service stops. */
    static void leave(ServerCallStreamObserver<?> observer) {
        if (!observer.isCancelled()) {
            observer.onError(RpcErrors.error(Code.UNAVAILABLE, "STOPPING", "the service stops; watch again"));
        }
    }

    static StatusRuntimeException asStatus(RuntimeException e) {
        if (e instanceof StatusRuntimeException status) {
            return status;
        }
        if (e instanceof UnreadableDocumentException unreadable) {
            LOG.warn("{}; the caller is told DATA_LOSS", unreadable.getMessage());
            return RpcErrors.unreadableRecord(text(unreadable));
        }
        var database = DatabaseFault.in(e);
        if (database.isPresent()) {
            // Without the exception: its text holds the statement and the values of the call.
            LOG.warn("the database {}; the caller is told UNAVAILABLE", database.get());
            return RpcErrors.error(
                    Code.UNAVAILABLE, "STORE_UNAVAILABLE", "the service's database " + database.get() + "; try again");
        }
        LOG.error("a call failed by a fault of this service; the caller is told INTERNAL", e);
        return RpcErrors.error(
                Code.INTERNAL, "INTERNAL", "the service failed; its log has the cause under this trace id");
    }

    private static String text(UnreadableDocumentException unreadable) {
        return unreadable.getMessage()
                + (unreadable.newer() ? "; ask a process of the version that wrote it" : "; nothing of it was changed");
    }
}
