package dev.portcullis.launcher.command;

import dev.portcullis.launcher.doctor.CheckResult;
import dev.portcullis.launcher.doctor.Doctor;
import dev.portcullis.launcher.doctor.Environment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code doctor}: whether everything can be reached, with the fix beside each fault. */
@Command(
        name = "doctor",
        description =
                "Looks at the database, the services, the metrics, the rollback targets, the receivers of messages and the telemetry, changes"
                        + " nothing, and prints what is wrong with the fix; exit 1 if anything failed.")
final class DoctorCommand implements Callable<Integer> {
    @Mixin
    private ConfigOption config = new ConfigOption();

    @Mixin
    private DataOption data = new DataOption();

    @Mixin
    private OutputOption output = new OutputOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /**
     * All that the doctor has to tell, for programs.
     *
     * @param ok whether the exit code is 0
     */
    record Report(boolean ok, List<CheckResult> outcomes) {}

    @Override
    public Integer call() {
        var environment = Environment.read(System.getenv(), config.folder(), data.folder());
        var out = spec.commandLine().getOut();
        var palette = Palette.of(spec.commandLine());
        List<CheckResult> outcomes = new ArrayList<>();
        var well = new Doctor(new SourcePause()).examine(environment, result -> {
            outcomes.add(result);
            if (!output.isJson()) {
                palette.outcome(result).forEach(out::println);
                out.flush();
            }
        });
        if (output.isJson()) {
            JsonOutput.print(new Report(well, outcomes), out);
        }
        return well ? 0 : 1;
    }
}
