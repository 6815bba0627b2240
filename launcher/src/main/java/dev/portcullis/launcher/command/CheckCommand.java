package dev.portcullis.launcher.command;

import dev.portcullis.analysis.slo.ServiceObjectives;
import dev.portcullis.analysis.tool.detection.AssumedTraffic;
import dev.portcullis.analysis.tool.detection.Detection;
import dev.portcullis.analysis.tool.detection.DetectionText;
import dev.portcullis.kit.text.NumberText;
import dev.portcullis.launcher.command.CheckReport.DetectionReport;
import dev.portcullis.launcher.configuration.LoadedConfiguration;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code check}: every fault of a configuration folder, as the three services would report it, and what its policies can detect. */
@Command(
        name = "check",
        description = "Reads a configuration folder and prints every fault as file:line: what; exit 1 if there is any.")
final class CheckCommand implements Callable<Integer> {
    @Mixin
    private FolderOption folder = new FolderOption();

    @ArgGroup(exclusive = false)
    private @Nullable TrafficOptions options;

    @Option(
            names = "--live",
            description =
                    "Also ask the metric sources whether every query gives what is to be measured; exit 1 if not.")
    private boolean live;

    @Mixin
    private OutputOption output = new OutputOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var assumedTraffic = options == null ? null : options.assumedTraffic(spec.commandLine());
        var path = folder.folder(spec.commandLine());
        var configuration = LoadedConfiguration.read(path, prometheus());
        if (assumedTraffic != null && configuration.faults().isEmpty()) {
            TrafficOptions.requirePossible(
                    spec.commandLine(),
                    assumedTraffic,
                    configuration.analysis().services().values());
        }
        var out = spec.commandLine().getOut();
        return (output.isJson()
                        ? json(configuration, assumedTraffic, out)
                        : text(path, configuration, assumedTraffic, out))
                ? 0
                : 1;
    }

    private boolean text(
            Path path, LoadedConfiguration configuration, @Nullable AssumedTraffic assumedTraffic, PrintWriter out) {
        var palette = Palette.of(spec.commandLine());
        configuration.faults().stream().map(palette::fault).forEach(out::println);
        out.println(summary(configuration));
        if (configuration.policies() == 0) {
            out.println("Nothing is configured; to start: ./portcullis init " + path);
        }
        if (!configuration.faults().isEmpty()) {
            return false;
        }
        out.flush();
        var sources = live ? LiveCheck.of(configuration) : null;
        if (sources != null) {
            sources.lines(palette).forEach(out::println);
        }
        if (assumedTraffic != null) {
            configuration.analysis().services().values().forEach(service -> {
                out.println();
                DetectionText.of(Detection.of(service, assumedTraffic)).forEach(out::println);
                out.flush();
            });
        } else if (!configuration.analysis().services().isEmpty()) {
            out.println("What they can detect at 50 requests a second to the canary: ./portcullis check " + path
                    + " --rps 50");
        }
        return sources == null || sources.well();
    }

    private boolean json(LoadedConfiguration configuration, @Nullable AssumedTraffic assumedTraffic, PrintWriter out) {
        var usable = configuration.faults().isEmpty();
        var sources = live && usable ? LiveCheck.of(configuration) : null;
        List<DetectionReport> detection = assumedTraffic != null && usable
                ? configuration.analysis().services().values().stream()
                        .map(service -> detectionReport(service, assumedTraffic))
                        .toList()
                : List.of();
        var report = CheckReport.of(configuration, sources, detection);
        JsonOutput.print(report, out);
        return report.ok();
    }

    /** Only what asks the sources minds where the environment says that the Prometheus is. */
    private Optional<String> prometheus() {
        return Optional.of(live ? Variables.orElse(LoadedConfiguration.PROMETHEUS, "") : "")
                .filter(url -> !url.isEmpty());
    }

    private static String summary(LoadedConfiguration configuration) {
        var documents = configuration.documents().size();
        var policies = configuration.policies();
        var faults = configuration.faults().size();
        return NumberText.counted(documents, "document") + ", "
                + NumberText.counted(policies, "policy", "policies") + ": "
                + (faults == 0 ? "no fault" : NumberText.counted(faults, "fault"));
    }

    private static DetectionReport detectionReport(ServiceObjectives service, AssumedTraffic assumedTraffic) {
        return new DetectionReport(service.service(), DetectionText.of(Detection.of(service, assumedTraffic)));
    }
}
