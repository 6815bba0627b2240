package dev.portcullis.standalone;

import dev.portcullis.standalone.doctor.Doctor;
import dev.portcullis.standalone.doctor.Environment;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code doctor}: whether everything can be reached, with the fix beside each fault. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description =
                "Looks at the database, the services, the metrics, the rollback targets and the telemetry, changes"
                        + " nothing, and prints what is wrong with the fix; exit 1 if anything failed.")
final class DoctorCommand implements Callable<Integer> {
    @Option(names = "--config", paramLabel = "DIR", description = "Configuration folder (PORTCULLIS_CONFIG, ./config).")
    private @Nullable Path config;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Data folder of the embedded database (PORTCULLIS_DATA, ./data).")
    private @Nullable Path data;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var environment = new Environment(
                System.getenv(),
                config == null ? Path.of(Variables.orElse("PORTCULLIS_CONFIG", "config")) : config,
                data == null ? Path.of(Variables.orElse("PORTCULLIS_DATA", "data")) : data);
        var out = spec.commandLine().getOut();
        var well = new Doctor(new SourcePause()).examine(environment, outcome -> {
            outcome.lines().forEach(out::println);
            out.flush();
        });
        return well ? 0 : 1;
    }
}
