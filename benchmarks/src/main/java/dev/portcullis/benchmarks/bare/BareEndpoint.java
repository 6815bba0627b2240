package dev.portcullis.benchmarks.bare;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.Map;

/** An HTTP server with the gate's settings, and without database, that answers one path with a constant. */
public final class BareEndpoint {
    /** Where the constant is. */
    public static final String PATH = "/bare";

    private BareEndpoint() {}

    /** The main program: its arguments are the port on 127.0.0.1, and an empty folder, where nothing says who may call. Runs until SIGTERM. */
    public static void main(String[] arguments) throws InterruptedException {
        var context = ApplicationContext.builder()
                .deduceEnvironment(false)
                .deduceCloudEnvironment(false)
                .banner(false)
                .environments("bare")
                // Bare means the framework alone, so the meters of the services' common settings are off, and health
                // too:
                // it would ask for a database, and with none named that starts one.
                .properties(Map.of(
                        "portcullis.service",
                        "bare",
                        "portcullis.http.port",
                        arguments[0],
                        "portcullis.config",
                        arguments[1],
                        "micronaut.metrics.enabled",
                        false,
                        "endpoints.health.enabled",
                        false))
                // For the filter that asks who calls, which lets everybody pass here.
                .singletons(new SimpleMeterRegistry())
                .start();
        context.getBean(EmbeddedServer.class).start();
        Thread.currentThread().join();
    }
}
