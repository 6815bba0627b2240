package dev.portcullis.standalone;

import dev.portcullis.kit.lifecycle.StartupException;
import dev.portcullis.standalone.doctor.ServicePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code up}: runs the three services until SIGTERM. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description =
                "Runs all three services in one process, with an embedded PostgreSQL unless PORTCULLIS_DB_URL names another.")
final class UpCommand implements Callable<Integer> {
    private static final String DEFAULT_CONFIG = "config";
    private static final String DEFAULT_DATA = "data";

    @Option(names = "--config", paramLabel = "DIR", description = "Configuration folder (PORTCULLIS_CONFIG, ./config).")
    private @Nullable Path config;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Data folder of the embedded database (PORTCULLIS_DATA, ./data).")
    private @Nullable Path data;

    @Override
    public Integer call() throws Exception {
        ServicePorts.requireFree(System.getenv());
        var services = new AllServices(System.out);
        var ended = new CountDownLatch(1);
        // Before anything is started: a signal that comes meanwhile must not leave a PostgreSQL behind.
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            services.close();
            System.out.println("portcullis has ended");
            ended.countDown();
        }));
        services.start(configFolder(), dataFolder());
        System.out.println(
                "portcullis is up: http://127.0.0.1:" + services.gate().httpPort());
        ended.await();
        return 0;
    }

    private Path configFolder() {
        var named = config != null ? config.toString() : System.getenv("PORTCULLIS_CONFIG");
        if (named != null && !named.isBlank()) {
            return Path.of(named);
        }
        var folder = Path.of(DEFAULT_CONFIG);
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new StartupException(
                    "the configuration folder " + folder.toAbsolutePath() + " cannot be made: " + e, e);
        }
    }

    private Path dataFolder() {
        if (data != null) {
            return data;
        }
        var named = System.getenv("PORTCULLIS_DATA");
        return Path.of(named == null || named.isBlank() ? DEFAULT_DATA : named);
    }
}
