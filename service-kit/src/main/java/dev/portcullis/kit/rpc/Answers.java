package dev.portcullis.kit.rpc;

import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a service method answers: the value of a function, or the changes of a value; errors become the error model. Stateless. */
public final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
    private static final Duration WATCH_EVERY = Duration.ofMillis(250);

    private Answers() {}

    /** Answers one value, or its error. Anything but a StatusRuntimeException is a fault of ours: logged here, INTERNAL there. */
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
     * Streams a value: at once, then whenever it differs from what was sent last, until it has ended or the caller has left. The value is read anew four times a
     * second, so changes made by other replicas show too. Runs on the calling (virtual) thread.
     */
    public static <T> void watch(StreamObserver<T> observer, Supplier<T> read, Predicate<T> ended) {
        try {
            stream((ServerCallStreamObserver<T>) observer, read, ended);
        } catch (RuntimeException e) {
            observer.onError(asStatus(e));
        }
    }

    private static <T> void stream(ServerCallStreamObserver<T> observer, Supplier<T> read, Predicate<T> ended) {
        @Nullable T sent = null;
        while (!Context.current().isCancelled()) {
            var value = read.get();
            if (!Objects.equals(value, sent)) {
                observer.onNext(value);
                sent = value;
            }
            if (ended.test(value)) {
                observer.onCompleted();
                return;
            }
            LockSupport.parkNanos(WATCH_EVERY.toNanos());
        }
    }

    private static StatusRuntimeException asStatus(RuntimeException e) {
        if (e instanceof StatusRuntimeException status) {
            return status;
        }
        LOG.error("a call failed by a fault of this service; the caller is told INTERNAL", e);
        return RpcErrors.internal("the service failed; its log has the cause under this trace id");
    }
}
