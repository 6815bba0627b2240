package dev.portcullis.kit.testing;

import dev.portcullis.kit.rpc.GrpcServer;
import io.grpc.BindableService;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A gRPC server on 127.0.0.1 that can go away and come back on its port, and can leave calls unanswered. */
public final class StubGrpcServer implements AutoCloseable {
    private static final Metadata.Key<String> TRACEPARENT =
            Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER);

    private final BindableService service;
    private final List<String> traceIds = new CopyOnWriteArrayList<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile long silent = System.nanoTime();
    private final int port = FreePorts.next();
    private GrpcServer server;

    /** On a free port, and ready when made. */
    public StubGrpcServer(BindableService service) {
        this.service = () -> ServerInterceptors.intercept(service, new Recorder());
        this.server = open();
    }

    private GrpcServer open() {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        var opened = new GrpcServer(address, List.of(service), OpenTelemetry.noop(), 1_000, new SimpleMeterRegistry());
        opened.start();
        return opened;
    }

    /** "127.0.0.1:port". */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /** Goes away: calls are refused. */
    public void stop() {
        server.close();
        silent = System.nanoTime();
    }

    /** Comes back on the same port. */
    public void comeBack() {
        server = open();
    }

    /** Takes calls and does not answer them, and says nothing more in open streams, until released. */
    public void hang() {
        gate = new CountDownLatch(1);
        silent = System.nanoTime();
    }

    /** When it last went away or was made to hang, as {@link System#nanoTime}; the beginning of its life when it was neither. */
    public long silentSince() {
        return silent;
    }

    /** Answers again. */
    public void release() {
        gate.countDown();
    }

    /** Calls left unanswered so far. */
    public int waiting() {
        return waiting.get();
    }

    /** Trace ids of the calls so far. */
    public List<String> traceIds() {
        return List.copyOf(traceIds);
    }

    @Override
    public void close() {
        release();
        stop();
    }

    private final class Recorder implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            var traceparent = headers.get(TRACEPARENT);
            if (traceparent != null) {
                traceIds.add(traceparent.split("-")[1]);
            }
            if (gate.getCount() > 0) {
                waiting.incrementAndGet();
            }
            awaitRelease();
            return next.startCall(
                    new SimpleForwardingServerCall<>(call) {
                        @Override
                        public void sendMessage(A message) {
                            awaitRelease();
                            super.sendMessage(message);
                        }
                    },
                    headers);
        }

        private void awaitRelease() {
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
