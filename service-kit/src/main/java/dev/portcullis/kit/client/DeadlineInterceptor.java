package dev.portcullis.kit.client;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The deadline of every unary call that brings none of its own. Thread-safe. */
record DeadlineInterceptor(Duration deadline) implements ClientInterceptor {
    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        var bounded = options.getDeadline() == null && method.getType() == MethodDescriptor.MethodType.UNARY
                ? options.withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS)
                : options;
        return next.newCall(method, bounded);
    }
}
