package dev.portcullis.kit.launch;

import dev.portcullis.kit.lifecycle.BackgroundWork;
import dev.portcullis.kit.rpc.GrpcServer;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.List;

/** A service that is up. {@link #close()} ends it no new calls, no new work, no new requests, then its database. */
public final class RunningService implements AutoCloseable {
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

    /** Looks an object of the service up, for the process that embeds it. */
    public <T> T get(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        grpc.close();
        work.forEach(BackgroundWork::stop);
        // Stopping the HTTP server lets requests under way finish, then closes the context and with it the database.
        http.stop();
        context.close();
    }
}
