package dev.portcullis.kit.rpc;

import dev.portcullis.kit.identity.CallRates;
import dev.portcullis.kit.identity.CallerVerifier;
import dev.portcullis.kit.identity.RefusedCalls;
import dev.portcullis.kit.identity.Requirement;
import dev.portcullis.kit.identity.Role;
import dev.portcullis.kit.lifecycle.StartupException;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.instrumentation.grpc.v1_6.GrpcTelemetry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gRPC server of one service: a virtual thread per call, spans, grpc.health.v1, reflection, graceful stop.
 *
 * <p>{@link #start()} and {@link #close()} are called once each, by the launcher.
 */
public final class GrpcServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GrpcServer.class);
    private static final int MAX_MESSAGE_BYTES = 8 << 20;
    /** What gRPC itself refuses at its head, without a reason. Up to that a message is taken in, so that its refusal can have one. */
    private static final int MOST_BYTES_TAKEN_IN = 2 * MAX_MESSAGE_BYTES;

    /** Of the head of a call, where credentials are the most of it: as over HTTP. */
    private static final int MOST_HEAD_BYTES = 8 << 10;
    /** Calls left by their caller in {@value #RESET_SECONDS} s of one connection: more than deadlines of thousands of calls, and far less than whoever floods by leaving. */
    private static final int MOST_RESETS = 20_000;

    private static final int RESET_SECONDS = 30;
    private static final int GRACE_SECONDS = 5;

    /** Whoever looks whether a service is up, as a kubelet, has no credentials; reflection tells what is in the repository. */
    private static final RpcAccess EVERYWHERE = RpcAccess.NONE
            .withOpen(HealthGrpc.getCheckMethod())
            .withOpen(HealthGrpc.getWatchMethod())
            .with(ServerReflectionGrpc.getServerReflectionInfoMethod(), request -> Requirement.somewhere(Role.VIEWER));

    private final InetSocketAddress address;
    private final HealthStatusManager health = new HealthStatusManager();
    private final OpenStreams streams;
    private final Server server;

    /**
     * One that does not listen yet, for callers that nobody asks who they are.
     *
     * @param address where to listen; port 0 = any free port
     * @param mostStreams of one method that are open at once, 1 or more
     * @param meters where the open streams are counted
     */
    public GrpcServer(
            InetSocketAddress address,
            List<BindableService> services,
            OpenTelemetry telemetry,
            int mostStreams,
            MeterRegistry meters) {
        this(
                address,
                services,
                telemetry,
                mostStreams,
                meters,
                CallerVerifier.ofNobody(),
                RpcAccess.NONE,
                new RefusedCalls(meters),
                new CallRates(CallRates.UNLIMITED),
                Optional.empty());
    }

    /**
     * One that does not listen yet.
     *
     * @param address where to listen; port 0 = any free port
     * @param mostStreams of one method that are open at once, 1 or more
     * @param meters where the open streams are counted
     * @param verifier says who calls
     * @param access what the rpcs of the services need
     * @param refused counts whom they are refused to
     * @param rates how many calls a caller may make in a second
     * @param tls of the port; empty: it speaks none
     */
    public GrpcServer(
            InetSocketAddress address,
            List<BindableService> services,
            OpenTelemetry telemetry,
            int mostStreams,
            MeterRegistry meters,
            CallerVerifier verifier,
            RpcAccess access,
            RefusedCalls refused,
            CallRates rates,
            Optional<SslContext> tls) {
        this.address = address;
        this.streams = new OpenStreams(mostStreams, meters);
        var requests = new UnreadableRequests(MAX_MESSAGE_BYTES);
        var callers = new KnownCallers(verifier, access.and(EVERYWHERE), refused, rates);
        var builder = NettyServerBuilder.forAddress(address)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .maxInboundMessageSize(MOST_BYTES_TAKEN_IN)
                .maxInboundMetadataSize(MOST_HEAD_BYTES)
                .permitKeepAliveTime(10, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                // Whoever has gone without a word, as by a cut network, holds no streams.
                .keepAliveTime(1, TimeUnit.MINUTES)
                .keepAliveTimeout(20, TimeUnit.SECONDS)
                .maxConnectionIdle(15, TimeUnit.MINUTES)
                // Callers come anew, by balancers and with credentials that are still good; a stream has an hour to
                // end.
                .maxConnectionAge(1, TimeUnit.HOURS)
                .maxConnectionAgeGrace(1, TimeUnit.HOURS)
                .maxRstFramesPerWindow(MOST_RESETS, RESET_SECONDS)
                .addStreamTracerFactory(CallArrival.notes())
                .addStreamTracerFactory(CallTimeouts.notes())
                .intercept(RequestSource.notes())
                .intercept(streams)
                .intercept(GrpcTelemetry.create(telemetry).createServerInterceptor())
                .addService(requests.around(
                        ServerInterceptors.intercept(health.getHealthService().bindService(), callers)))
                .addService(requests.around(ServerInterceptors.intercept(
                        ProtoReflectionServiceV1.newInstance().bindService(), callers)));
        tls.ifPresent(builder::sslContext);
        services.forEach(service -> builder.addService(requests.around(
                ServerInterceptors.intercept(streams.counted(service.bindService()), streams.ofCallers(), callers))));
        this.server = builder.build();
    }

    /** Begins to listen and says SERVING. */
    public void start() {
        try {
            server.start();
        } catch (IOException e) {
            throw StartupException.cannotListen("gRPC", address, e);
        }
        health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, ServingStatus.SERVING);
        LOG.info("gRPC listens on {}:{}", address.getHostString(), port());
    }

    /** The port listened on. */
    public int port() {
        return server.getPort();
    }

    /** Says NOT_SERVING, takes no new calls, ends streams, waits 5 s for the calls under way, then cuts them. */
    @Override
    public void close() {
        health.enterTerminalState();
        server.shutdown();
        streams.end();
        try {
            if (!server.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS)) {
                server.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            server.shutdownNow();
        }
    }
}
