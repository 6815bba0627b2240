package dev.portcullis.kit.rpc;

import com.google.rpc.Code;
import io.grpc.Context;
import io.grpc.Context.CancellableContext;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The streams under way, each with a context of its own that is cancelled when the server stops; {@link Answers} then ends them. A method has a number of them at
 * most, so that those who watch one resource too often take nothing from the streams between services; how many it has is {@code portcullis_grpc_open_streams}.
 * Thread-safe.
 */
final class OpenStreams implements ServerInterceptor {
    private final int most;
    private final MeterRegistry meters;
    private final Set<CancellableContext> open = ConcurrentHashMap.newKeySet();
    private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();

    /** @param most of one method; the next is refused by TOO_MANY_STREAMS (RESOURCE_EXHAUSTED) */
    OpenStreams(int most, MeterRegistry meters) {
        this.most = most;
        this.meters = meters;
    }

    /** Counts the streams of a service's methods from now on: 0 at first. */
    ServerServiceDefinition counted(ServerServiceDefinition service) {
        service.getMethods().stream()
                .map(ServerMethodDefinition::getMethodDescriptor)
                .filter(method -> method.getType() != MethodType.UNARY)
                .forEach(this::count);
        return service;
    }

    private AtomicInteger count(MethodDescriptor<?, ?> method) {
        return counts.computeIfAbsent(method.getFullMethodName(), name -> {
            var count = new AtomicInteger();
            Gauge.builder("portcullis.grpc.open.streams", count, AtomicInteger::doubleValue)
                    .description("Streams of a gRPC method that are open")
                    .tag("service", String.valueOf(method.getServiceName()))
                    .tag("rpc", String.valueOf(method.getBareMethodName()))
                    .register(meters);
            return count;
        });
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        var method = call.getMethodDescriptor();
        if (method.getType() == MethodType.UNARY) {
            return next.startCall(call, headers);
        }
        var count = count(method);
        if (count.incrementAndGet() > most) {
            count.decrementAndGet();
            refuse(call);
            return new ServerCall.Listener<>() {};
        }
        var context = Context.current().withCancellation();
        open.add(context);
        // The context of the call above it is cancelled whenever the call ends.
        context.addListener(
                ended -> {
                    open.remove(context);
                    count.decrementAndGet();
                },
                Runnable::run);
        return Contexts.interceptCall(context, call, headers, next);
    }

    private void refuse(ServerCall<?, ?> call) {
        RpcErrors.end(
                call,
                RpcErrors.error(
                        Code.RESOURCE_EXHAUSTED,
                        "TOO_MANY_STREAMS",
                        call.getMethodDescriptor().getFullMethodName() + " has " + most
                                + " open streams, the most that are served at once; end some, look now and then instead of"
                                + " watching, or raise PORTCULLIS_MAX_STREAMS"));
    }

    /** Ends them. */
    void end() {
        open.forEach(context -> context.cancel(null));
    }
}
