package dev.portcullis.kit.client;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The circuit breaker around the calls to one downstream: counts what the downstream or the way to it did wrong, and refuses calls while open.
 *
 * <p>Answers such as NOT_FOUND or INVALID_ARGUMENT are successes of the downstream, and so is DATA_LOSS, which is of one record and not of the others. A refused call ends UNAVAILABLE at once. Of a stream the first message is
 * the answer; how it ends after that says nothing about health. Thread-safe.
 */
final class BreakerInterceptor implements ClientInterceptor {
    private static final Set<Status.Code> FAULTS = EnumSet.of(
            Status.Code.UNAVAILABLE,
            Status.Code.DEADLINE_EXCEEDED,
            Status.Code.INTERNAL,
            Status.Code.UNKNOWN,
            Status.Code.RESOURCE_EXHAUSTED);

    private final CircuitBreaker breaker;

    BreakerInterceptor(CircuitBreaker breaker) {
        this.breaker = breaker;
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        if (!breaker.tryAcquirePermission()) {
            return new RefusedCall<>(
                    Status.UNAVAILABLE.withDescription("circuit breaker '" + breaker.getName() + "' is open"));
        }
        return new GuardedCall<>(next.newCall(method, options), breaker);
    }

    private static final class GuardedCall<Q, A> extends SimpleForwardingClientCall<Q, A> {
        private final CircuitBreaker breaker;
        private final long begin;
        private final AtomicBoolean recorded = new AtomicBoolean();

        GuardedCall(ClientCall<Q, A> call, CircuitBreaker breaker) {
            super(call);
            this.breaker = breaker;
            this.begin = breaker.getCurrentTimestamp();
        }

        @Override
        public void start(Listener<A> listener, Metadata headers) {
            super.start(
                    new SimpleForwardingClientCallListener<A>(listener) {
                        @Override
                        public void onMessage(A message) {
                            record(Status.OK);
                            super.onMessage(message);
                        }

                        @Override
                        public void onClose(Status status, Metadata trailers) {
                            record(status);
                            super.onClose(status, trailers);
                        }
                    },
                    headers);
        }

        private void record(Status status) {
            if (recorded.getAndSet(true)) {
                return;
            }
            var nanos = breaker.getCurrentTimestamp() - begin;
            if (status.getCode() == Status.Code.CANCELLED) {
                breaker.releasePermission();
            } else if (FAULTS.contains(status.getCode())) {
                breaker.onError(nanos, TimeUnit.NANOSECONDS, status.asRuntimeException());
            } else {
                breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
            }
        }
    }

    private static final class RefusedCall<Q, A> extends ClientCall<Q, A> {
        private final Status status;

        RefusedCall(Status status) {
            this.status = status;
        }

        @Override
        public void start(Listener<A> listener, Metadata headers) {
            listener.onClose(status, new Metadata());
        }

        @Override
        public void request(int messages) {}

        @Override
        public void cancel(@Nullable String message, @Nullable Throwable cause) {}

        @Override
        public void halfClose() {}

        @Override
        public void sendMessage(Q message) {}
    }
}
