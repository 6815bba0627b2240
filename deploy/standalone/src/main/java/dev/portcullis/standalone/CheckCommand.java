package dev.portcullis.standalone;

import dev.portcullis.analysis.detection.Detection;
import dev.portcullis.analysis.detection.DetectionText;
import dev.portcullis.analysis.detection.Traffic;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code check}: every fault of a configuration folder, as the three services would report it, and what its policies can detect. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Reads a configuration folder and prints every fault as file:line: what; exit 1 if there is any.")
final class CheckCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "DIR", description = "The configuration folder.")
    private Path folder = Path.of(".");

    @ArgGroup(exclusive = false)
    private @Nullable TrafficOptions options;

    @Option(
            names = "--live",
            description =
                    "Also ask the metric sources whether every query gives what is to be measured; exit 1 if not.")
    private boolean live;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var traffic = options == null ? null : options.traffic(spec.commandLine());
        var check = FolderCheck.of(folder);
        var out = spec.commandLine().getOut();
        check.faults().forEach(out::println);
        out.println(check.summary());
        if (!check.faults().isEmpty()) {
            return 1;
        }
        var well = !live || LiveCheck.run(folder, out);
        if (traffic != null) {
            detections(check, traffic, out);
        } else if (!check.services().isEmpty()) {
            out.println("What they can detect at 50 requests a second to the canary: ./portcullis check " + folder
                    + " --rps 50");
        }
        return well ? 0 : 1;
    }

    private void detections(FolderCheck check, Traffic traffic, PrintWriter out) {
        TrafficOptions.requirePossible(
                spec.commandLine(), traffic, check.services().values());
        check.services().values().forEach(service -> {
            out.println();
            DetectionText.of(Detection.of(service, traffic)).forEach(out::println);
            out.flush();
        });
    }
}
