package dev.portcullis.launcher.command;

import dev.portcullis.demo.Demo;
import dev.portcullis.demo.DemoOptions;
import dev.portcullis.demo.DemoShop;
import dev.portcullis.kit.text.FileText;
import dev.portcullis.launcher.doctor.ServicePorts;
import dev.portcullis.launcher.services.AllServices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code demo}: the three services and a simulated shop whose releases they judge; nothing of it stays on the disk. */
@Command(
        name = "demo",
        description = "A shop of simulated pods: a good release is promoted, a bad one aborted and rolled back.")
final class DemoCommand implements Callable<Integer> {
    private static final String LOG_LEVEL = "PORTCULLIS_LOG_LEVEL";

    @Option(names = "--once", description = "End after one good and one bad release; exit 0 if both ended as expected.")
    private boolean once;

    @Override
    public Integer call() throws Exception {
        // The demo tells its story on standard output; the services' logs would drown it. PORTCULLIS_LOG_LEVEL=INFO
        // shows them.
        if (System.getenv(LOG_LEVEL) == null) {
            System.setProperty(LOG_LEVEL, "ERROR");
        }
        // The shop asks without TLS, whatever else of Portcullis this machine is set up for.
        var settings = new HashMap<String, Object>(Map.of(
                "portcullis.tls.certificate-file", "",
                "portcullis.tls.key-file", "",
                "portcullis.tls.client-ca-file", "",
                "portcullis.tls.ca-file", ""));
        settings.putAll(ServicePorts.inPlaceOfTaken(System.getenv()));
        var folder = Files.createTempDirectory("portcullis-demo");
        try {
            return run(folder, settings);
        } finally {
            delete(folder);
        }
    }

    private int run(Path folder, Map<String, Object> settings) throws InterruptedException {
        var options = once ? DemoOptions.toTheEnd() : DemoOptions.endless();
        try (var shop = DemoShop.open(options)) {
            shop.writeConfiguration(folder.resolve("config"));
            var services = new AllServices(System.out);
            var end = endOnSignal(services, folder);
            try {
                services.start(folder.resolve("config"), folder.resolve("data"), settings);
                System.out.println("watch it in a browser: " + services.gate().httpAddress() + "/console");
                var result = Demo.run(
                        options, services.gate().httpPort(), services.rollback().grpcPort(), shop, System.out);
                return result.ok() ? 0 : 1;
            } finally {
                close(services, end);
            }
        }
    }

    private static Thread endOnSignal(AllServices services, Path folder) {
        var end = Thread.ofPlatform().unstarted(() -> {
            services.close();
            delete(folder);
        });
        Runtime.getRuntime().addShutdownHook(end);
        return end;
    }

    private static void close(AllServices services, Thread end) {
        try {
            Runtime.getRuntime().removeShutdownHook(end);
        } catch (IllegalStateException e) {
            return; // a signal came first, and its thread does the closing
        }
        services.close();
    }

    private static void delete(Path folder) {
        try (var paths = Files.walk(folder)) {
            paths.sorted(Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            System.err.println("the demo's folder " + folder + " could not be removed: " + FileText.fault(e));
        }
    }
}
