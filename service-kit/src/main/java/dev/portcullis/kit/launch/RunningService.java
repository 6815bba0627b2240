package dev.portcullis.kit.launch;

import dev.portcullis.kit.lifecycle.BackgroundWork;
import dev.portcullis.kit.rpc.GrpcServer;
import dev.portcullis.kit.tls.ServiceTls;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.graceful.GracefulShutdownCapable;
import io.micronaut.runtime.server.EmbeddedServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A service that is up. {@link #close()} ends it no new calls, no new work, no new requests, then its database. */
public final class RunningService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunningService.class);
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final String name;
    private final ApplicationContext context;
    private final EmbeddedServer http;
    private final GrpcServer grpc;
    private final List<BackgroundWork> work;

    RunningService(
            String name, ApplicationContext context, EmbeddedServer http, GrpcServer grpc, List<BackgroundWork> work) {
        this.name = name;
        this.context = context;
        this.http = http;
        this.grpc = grpc;
        this.work = work;
    }

    /** Short name, e.g. "analysis". */
    public String name() {
        return name;
    }

    /** The HTTP port listened on. */
    public int httpPort() {
        return http.getPort();
    }

    /** The gRPC port listened on. */
    public int grpcPort() {
        return grpc.port();
    }

    /** Where its HTTP is on this machine, e.g. "https://127.0.0.1:8080". */
    public String httpAddress() {
        return get(ServiceTls.class).scheme() + "://127.0.0.1:" + httpPort();
    }

    /** Looks an object of the service up, for the process that embeds it. */
    public <T> T get(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        grpc.close();
        work.forEach(BackgroundWork::stop);
        finishRequests();
        // Stopping the HTTP server closes the context too, and with it the database.
        http.stop();
        context.close();
    }

    /** Takes no new connections, and lets requests under way be answered for a bounded time: stopping alone cuts them. */
    private void finishRequests() {
        if (http instanceof GracefulShutdownCapable server) {
            try {
                server.shutdownGracefully().toCompletableFuture().get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException | TimeoutException e) {
                LOG.warn("{}: HTTP requests under way are cut after {} s", name, GRACE.toSeconds(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
