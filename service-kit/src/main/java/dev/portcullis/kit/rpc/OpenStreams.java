package dev.portcullis.kit.rpc;

import com.google.rpc.Code;
import dev.portcullis.kit.identity.Caller;
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
 * most, so that those who watch one resource too often take nothing from the streams between services, and a known caller has half of it at most; how many it has is {@code portcullis_grpc_open_streams}.
 * Thread-safe.
 */
final class OpenStreams implements ServerInterceptor {
    private final int most;
    private final MeterRegistry meters;
    private final Set<CancellableContext> open = ConcurrentHashMap.newKeySet();
    private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();
    /** Numbers of streams by method and caller, without those who have none. */
    private final Map<String, Integer> ofCallers = new ConcurrentHashMap<>();

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
            refuse(call, most + " open streams");
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

    /** Lets no known caller have more than half of the streams of a method. To stand where callers are known. */
    ServerInterceptor ofCallers() {
        return new ServerInterceptor() {
            @Override
            public <Q, A> ServerCall.Listener<Q> interceptCall(
                    ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
                var caller = CallCaller.current();
                if (call.getMethodDescriptor().getType() == MethodType.UNARY
                        || caller.kind() == Caller.Kind.LOCAL
                        || caller.kind() == Caller.Kind.PEER) {
                    return next.startCall(call, headers);
                }
                var key =
                        call.getMethodDescriptor().getFullMethodName() + " " + caller.issuer() + " " + caller.subject();
                if (ofCallers.merge(key, 1, Integer::sum) > mostOfOne()) {
                    end(key);
                    refuse(call, mostOfOne() + " open streams of '" + caller.name() + "'");
                    return new ServerCall.Listener<>() {};
                }
                Context.current().addListener(ended -> end(key), Runnable::run);
                return next.startCall(call, headers);
            }
        };
    }

    private int mostOfOne() {
        return Math.max(1, most / 2);
    }

    private void end(String key) {
        ofCallers.computeIfPresent(key, (name, count) -> count == 1 ? null : count - 1);
    }

    private static void refuse(ServerCall<?, ?> call, String what) {
        RpcErrors.end(
                call,
                RpcErrors.error(
                        Code.RESOURCE_EXHAUSTED,
                        "TOO_MANY_STREAMS",
                        call.getMethodDescriptor().getFullMethodName() + " has " + what
                                + ", the most that are served at once; end some, look now and then instead of"
                                + " watching, or raise PORTCULLIS_MAX_STREAMS"));
    }

    /** Ends them. */
    void end() {
        open.forEach(context -> context.cancel(null));
    }
}
