package dev.portcullis.standalone;

import dev.portcullis.kit.configuration.ConfigurationException;
import dev.portcullis.kit.configuration.Suggestion;
import dev.portcullis.kit.lifecycle.StartupException;
import dev.portcullis.standalone.drill.DrillException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

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
        commandLine.setParameterExceptionHandler(Portcullis::wrongWord);
        return commandLine.setExecutionExceptionHandler((e, command, parsed) -> {
            if (e instanceof StartupException || e instanceof ConfigurationException || e instanceof DrillException) {
                command.getErr().println(e.getMessage());
                return 1;
            }
            throw e;
        });
    }

    /** Tells what is wrong with the nearest right word, and only where there is none how the command is used. */
    private static int wrongWord(ParameterException wrong, String[] arguments) {
        var command = wrong.getCommandLine();
        var err = command.getErr();
        var meant = meant(wrong);
        err.println(command.getColorScheme().errorText(wrong.getMessage() + meant));
        if (meant.isEmpty() && !UnmatchedArgumentException.printSuggestions(wrong, err)) {
            command.usage(err, command.getColorScheme());
        }
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    /** Commands are proposed by the library, options only when they begin like the wrong one. */
    private static String meant(ParameterException wrong) {
        return wrong instanceof UnmatchedArgumentException unmatched && unmatched.isUnknownOption()
                ? Suggestion.forWord(
                        unmatched.getUnmatched().getFirst().split("=", 2)[0],
                        wrong.getCommandLine().getCommandSpec().optionsMap().keySet())
                : "";
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "a command is missing: up, demo, check, rules, doctor, drill or completion");
    }
}
