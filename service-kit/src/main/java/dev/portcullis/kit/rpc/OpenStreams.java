package dev.portcullis.kit.rpc;

import io.grpc.Context;
import io.grpc.Context.CancellableContext;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The streams under way, each with a context of its own that is cancelled when the server stops; {@link Answers} then ends them. Thread-safe. */
final class OpenStreams implements ServerInterceptor {
    private final Set<CancellableContext> open = ConcurrentHashMap.newKeySet();

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        if (call.getMethodDescriptor().getType() == MethodType.UNARY) {
            return next.startCall(call, headers);
        }
        var context = Context.current().withCancellation();
        open.add(context);
        // The context of the call above it is cancelled whenever the call ends.
        context.addListener(ended -> open.remove(context), Runnable::run);
        return Contexts.interceptCall(context, call, headers, next);
    }

    /** Ends them. */
    void end() {
        open.forEach(context -> context.cancel(null));
    }
}
