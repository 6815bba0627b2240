package dev.portcullis.launcher.command;

import dev.portcullis.kit.configuration.ConfigurationException;
import dev.portcullis.kit.lifecycle.StartupException;
import dev.portcullis.kit.text.FileText;
import dev.portcullis.launcher.configuration.LoadedConfiguration;
import dev.portcullis.launcher.doctor.ServicePorts;
import dev.portcullis.launcher.services.AllServices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code up}: runs the three services until SIGTERM. */
@Command(
        name = "up",
        description =
                "Runs all three services in one process, with an embedded PostgreSQL unless PORTCULLIS_DB_URL names another.")
final class UpCommand implements Callable<Integer> {
    @Mixin
    private ConfigOption config = new ConfigOption();

    @Mixin
    private DataOption data = new DataOption();

    @Override
    public Integer call() throws Exception {
        ServicePorts.requireFree(System.getenv());
        var folder = configFolder();
        // Before anything is started: what cannot be used needs no PostgreSQL to be refused.
        var configuration = LoadedConfiguration.read(folder);
        if (!configuration.faults().isEmpty()) {
            throw new ConfigurationException(configuration.faults());
        }
        var services = new AllServices(System.out);
        var ended = new CountDownLatch(1);
        // Before anything is started: a signal that comes meanwhile must not leave a PostgreSQL behind.
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            services.close();
            System.out.println("portcullis has ended");
            ended.countDown();
        }));
        services.start(folder, data.folder());
        System.out.println("portcullis is up: " + services.gate().httpAddress() + " says what can be asked");
        System.out.println("watch it in a browser: " + services.gate().httpAddress() + "/console");
        if (configuration.policies() == 0) {
            System.out.println(nothingConfigured(folder));
        }
        ended.await();
        return 0;
    }

    /** A folder that was named has to be there; the usual one is made, so that the first start needs none. */
    private Path configFolder() {
        var folder = config.folder();
        if (config.isUsual() && Files.notExists(folder)) {
            try {
                Files.createDirectories(folder);
            } catch (IOException e) {
                throw new StartupException(
                        "the configuration folder " + folder.toAbsolutePath() + " cannot be made: " + FileText.fault(e),
                        e);
            }
            System.out.println("there was no configuration folder: " + folder.toAbsolutePath() + " was made, empty");
        }
        return folder;
    }

    private static String nothingConfigured(Path folder) {
        return "nothing is configured: " + folder + " has no ReleasePolicy, so every answer is HOLD. Start with"
                + " ./portcullis init " + folder + ", in another terminal; what it writes is in use a second later";
    }
}
