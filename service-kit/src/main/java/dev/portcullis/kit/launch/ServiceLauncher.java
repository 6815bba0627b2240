package dev.portcullis.kit.launch;

import dev.portcullis.kit.configuration.ConfigurationException;
import dev.portcullis.kit.database.Database;
import dev.portcullis.kit.lifecycle.BackgroundWork;
import dev.portcullis.kit.lifecycle.StartedParts;
import dev.portcullis.kit.lifecycle.StartupException;
import dev.portcullis.kit.rpc.GrpcServer;
import dev.portcullis.kit.telemetry.LibraryLogs;
import io.micronaut.context.ApplicationContext;
import io.micronaut.http.server.exceptions.ServerStartupException;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Starts a service, or says in a line why not. */
public final class ServiceLauncher {
    /** The version of all services. */
    public static final String VERSION = "0.1.0";

    private static final int WRONG_WORD = 2;

    private ServiceLauncher() {}

    /**
     * Starts a service in this process. Its database, gRPC, background work and HTTP come up in that order, so that an answer to readiness means all of it.
     *
     * @param service "analysis", "gate" or "rollback": picks its beans, its {@code application-<service>.yml} and its schema
     * @param settings properties over those of the files and the environment, e.g. portcullis.grpc.port
     * @throws StartupException when it cannot run
     * @throws ConfigurationException when the configuration folder has faults
     */
    public static RunningService start(String service, Map<String, Object> settings) {
        LibraryLogs.unite();
        var properties = new HashMap<>(settings);
        properties.put("portcullis.service", service);
        var context = ApplicationContext.builder()
                .deduceEnvironment(false)
                .deduceCloudEnvironment(false)
                .banner(false)
                .environments(service)
                .properties(properties)
                .build();
        try {
            context.start();
            return bringUp(service, context);
        } catch (RuntimeException e) {
            context.close();
            throw reason(e);
        }
    }

    private static RunningService bringUp(String service, ApplicationContext context) {
        context.getBean(Database.class);
        var grpc = context.getBean(GrpcServer.class);
        grpc.start();
        var work = List.copyOf(context.getBeansOfType(BackgroundWork.class));
        work.forEach(BackgroundWork::start);
        var http = context.getBean(EmbeddedServer.class);
        try {
            http.start();
        } catch (ServerStartupException e) {
            throw StartupException.cannotListen(
                    "HTTP", InetSocketAddress.createUnresolved(http.getHost(), http.getPort()), e);
        }
        return new RunningService(service, context, http, grpc, work);
    }

    /** The fault a person can do something about, which the container wraps several times. */
    private static RuntimeException reason(RuntimeException e) {
        for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof StartupException || cause instanceof ConfigurationException) {
                return (RuntimeException) cause;
            }
        }
        return e;
    }

    /**
     * The main program of a service: starts it, ends it on SIGTERM; exits 1 with the reason on standard error when it cannot start. With "--version" alone it prints
     * which version it is and starts nothing; with any other word it exits 2.
     */
    public static void run(String service, String... arguments) {
        if (arguments.length > 0) {
            answer(service + "-service", List.of(arguments));
            return;
        }
        var parts = new StartedParts(System.err::println);
        var ended = new CountDownLatch(1);
        // Before anything is started: a signal that comes meanwhile must not leave a PostgreSQL behind.
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            parts.close();
            ended.countDown();
        }));
        RunningService running;
        try {
            running = parts.start(() -> start(service, Map.of()));
        } catch (StartupException | ConfigurationException e) {
            System.err.println(e.getMessage());
            System.exit(1);
            return;
        }
        System.out.println(
                service + "-service ready: " + running.httpAddress() + ", gRPC 127.0.0.1:" + running.grpcPort());
        await(ended);
    }

    private static void answer(String program, List<String> words) {
        if (words.equals(List.of("--version")) || words.equals(List.of("-V"))) {
            System.out.println(BuildVersion.current().line(program));
        } else {
            System.err.println(program + ": '" + String.join(" ", words)
                    + "' is not understood; legal: --version, or nothing." + " Its settings are environment variables");
            System.exit(WRONG_WORD);
        }
    }

    private static void await(CountDownLatch ended) {
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
