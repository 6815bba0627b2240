package dev.portcullis.standalone;

import dev.portcullis.kit.configuration.ConfigurationException;
import dev.portcullis.kit.lifecycle.StartupException;
import dev.portcullis.standalone.drill.DrillException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands of {@code ./portcullis}. A fault a person can mend ends with its message on standard error and exit code 1, a wrong word with 2. */
@Command(
        name = "portcullis",
        mixinStandardHelpOptions = true,
        version = "portcullis 0.1.0",
        description = "Progressive-delivery analysis: promote or abort, with a stated error guarantee.",
        subcommands = {
            UpCommand.class,
            DemoCommand.class,
            CheckCommand.class,
            RulesCommand.class,
            DoctorCommand.class,
            DrillCommand.class,
            CompletionCommand.class
        })
public final class Portcullis implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** The main program. */
    public static void main(String[] arguments) {
        var code = commandLine().execute(arguments);
        if (code != CommandLine.ExitCode.OK) {
            System.exit(code);
        }
    }

    static CommandLine commandLine() {
        var commandLine = new CommandLine(new Portcullis());
        commandLine.setUsageHelpAutoWidth(true);
        return commandLine.setExecutionExceptionHandler((e, command, parsed) -> {
            if (e instanceof StartupException || e instanceof ConfigurationException || e instanceof DrillException) {
                command.getErr().println(e.getMessage());
                return 1;
            }
            throw e;
        });
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "a command is missing: up, demo, check, rules, doctor, drill or completion");
    }
}
