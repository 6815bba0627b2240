package dev.portcullis.benchmarks.abort;

import dev.portcullis.benchmarks.process.Installation;
import dev.portcullis.benchmarks.process.TemporaryFolder;
import dev.portcullis.benchmarks.report.FaultHandler;
import dev.portcullis.benchmarks.report.Machine;
import dev.portcullis.kit.database.EmbeddedDatabase;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Time from a FAIL verdict to the call that takes the traffic away, with the three services as processes and canaries that go bad one after the other, then all
 * at once. Prints a Markdown table; exits 1 when a canary was not aborted, or the webhook not called exactly once for it.
 */
@Command(name = "abort", mixinStandardHelpOptions = true, description = "From a FAIL verdict to the webhook's call.")
public final class FromFailToCall implements Callable<Integer> {
    private static final int WINDOWS_BEFORE = 5;
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    /** So long a call too many is waited for. */
    private static final Duration SETTLE = Duration.ofSeconds(5);

    @Option(names = "--canaries", defaultValue = "100", description = "Services with a canary (${DEFAULT-VALUE}).")
    private int canaries;

    @Option(
            names = "--every",
            split = ",",
            defaultValue = "PT0.3S,PT0S",
            description = "Time between two canaries that go bad, one run each; PT0S = all at once (${DEFAULT-VALUE}).")
    private List<Duration> pauses = List.of();

    @Option(
            names = "--as",
            split = ",",
            description =
                    "How they are run, one after the other: ${COMPLETION-CANDIDATES}; UNCACHED and ARCHIVE if there is one, otherwise PLAIN.")
    private List<Installation> installations = Installation.usual() == Installation.PLAIN
            ? List.of(Installation.PLAIN)
            : List.of(Installation.UNCACHED, Installation.ARCHIVE);

    private final AbortTimelineTable table = new AbortTimelineTable();
    private final List<String> loads = new ArrayList<>();

    /** The main program. */
    public static void main(String[] arguments) {
        var command = new CommandLine(new FromFailToCall()).setExecutionExceptionHandler(new FaultHandler());
        System.exit(command.execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        for (var installation : installations) {
            for (var pause : pauses) {
                measure(installation, new Shops(canaries), pause);
            }
        }
        System.out.println(Machine.described());
        System.out.println(canaries + " canaries");
        System.out.println("load average of the last minute when canaries began to go bad and at the end: " + loads);
        System.out.println();
        System.out.println(table);
        return 0;
    }

    private void measure(Installation installation, Shops shops, Duration pause)
            throws IOException, InterruptedException {
        var how = (pause.isZero() ? "all at once" : "one every " + pause.toMillis() + " ms") + ", " + installation;
        System.err.println(how + ": starting ...");
        try (var folder = TemporaryFolder.create();
                var pods = new ShopPods(shops);
                var webhook = RollbackWebhook.start();
                var database = EmbeddedDatabase.start(folder.folder("data"))) {
            var configuration = folder.folder("config");
            shops.writeTo(configuration, pods.address(), webhook.address());
            try (var services = ServiceProcesses.start(installation, folder, configuration, database.settings())) {
                var releases = new BenchmarkReleases(services::channel);
                await("a release for every canary", () -> releases.open(shops));
                await("every canary to be measured", () -> releases.measured(WINDOWS_BEFORE));
                loads.add(Machine.load());
                goBad(shops, pods, pause);
                await("a call for every canary", () -> webhook.services() >= shops.number());
                loads.add(Machine.load());
                Thread.sleep(SETTLE);
                table.add(how, courses(shops, webhook, releases));
            }
        }
    }

    private static void goBad(Shops shops, ShopPods pods, Duration pause) throws InterruptedException {
        System.err.println(shops.number() + " canaries are being measured; going bad ...");
        for (var service : shops.names()) {
            pods.goBad(service);
            Thread.sleep(pause);
        }
    }

    private static List<AbortTimeline> courses(Shops shops, RollbackWebhook webhook, BenchmarkReleases releases)
            throws IOException {
        List<AbortTimeline> courses = new ArrayList<>();
        for (var service : shops.names()) {
            var calls = webhook.calls(service);
            if (calls.size() != 1) {
                throw new IOException("the webhook was called " + calls.size() + " times for " + service
                        + ", must be once: " + calls);
            }
            courses.add(releases.timeline(service, calls.getFirst()));
        }
        return courses;
    }

    private static void await(String what, BooleanSupplier condition) throws IOException, InterruptedException {
        var end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IOException("waited " + LIMIT.toSeconds() + " s in vain for " + what);
            }
            Thread.sleep(LOOK_EVERY);
        }
    }
}
