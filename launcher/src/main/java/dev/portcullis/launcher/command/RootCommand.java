package dev.portcullis.launcher.command;

import dev.portcullis.kit.configuration.ConfigurationException;
import dev.portcullis.kit.launch.BuildVersion;
import dev.portcullis.kit.lifecycle.StartupException;
import dev.portcullis.launcher.drill.DrillException;
import dev.portcullis.launcher.peer.PeerException;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code ./portcullis}: the word before all commands. A fault a person can mend ends with its message on standard error and exit code 1, a wrong word with 2. */
@Command(
        name = "portcullis",
        versionProvider = RootCommand.Version.class,
        description = "Progressive-delivery analysis: promote or abort, with a stated error guarantee.",
        subcommands = {
            DemoCommand.class,
            InitCommand.class,
            UpCommand.class,
            CheckCommand.class,
            RulesCommand.class,
            DoctorCommand.class,
            DrillCommand.class,
            ReleaseCommand.class,
            StopCommand.class,
            ResumeCommand.class,
            HoldsCommand.class,
            ExplainCommand.class,
            TokenCommand.class,
            MessageCommand.class,
            AuditCommand.class,
            ImportCommand.class,
            CompletionCommand.class,
            HelpCommand.class
        })
public final class RootCommand implements Runnable {
    /** EX_IOERR of sysexits.h: no code by which a command tells an outcome. */
    private static final int OUTPUT_LOST = 74;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // the library reads it
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show version, commit and Java.")
    @SuppressWarnings("UnusedVariable") // the library reads it
    private boolean version;

    /** What {@code --version} prints. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {BuildVersion.current().line("portcullis")};
        }
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** A parser of command lines; each run takes a new one. */
    public static CommandLine commandLine() {
        var commandLine = new CommandLine(new RootCommand());
        commandLine.setUsageHelpAutoWidth(true);
        commandLine.registerConverter(Path.class, RootCommand::path);
        commandLine.setParameterExceptionHandler(RootCommand::wrongWord);
        commandLine.setExecutionStrategy(RootCommand::run);
        return commandLine.setExecutionExceptionHandler((e, command, parsed) -> {
            if (e instanceof StartupException
                    || e instanceof ConfigurationException
                    || e instanceof DrillException
                    || e instanceof PeerException) {
                command.getErr().println(e.getMessage());
                return 1;
            }
            throw e;
        });
    }

    /** Runs the command, which is no success when nobody can have read what it says. */
    private static int run(ParseResult words) {
        var code = new RunLast().execute(words);
        var last = words;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        var command = last.commandSpec().commandLine();
        if (code != ExitCode.OK || !command.getOut().checkError()) {
            return code;
        }
        command.getErr().println("the output could not be written");
        return OUTPUT_LOST;
    }

    /** An empty path would be the working directory, which nobody who passes an empty variable means. */
    private static Path path(String text) {
        if (text.isBlank()) {
            throw new TypeConversionException("is empty");
        }
        return Path.of(text);
    }

    /** Tells what is wrong, and where it stands how the command is used; all commands where none was named. */
    private static int wrongWord(ParameterException wrong, String[] arguments) {
        var command = wrong.getCommandLine();
        var err = command.getErr();
        err.println(command.getColorScheme().errorText(WrongArguments.told(wrong, arguments)));
        if (arguments.length == 0) {
            command.usage(err, command.getColorScheme());
        } else {
            err.println("See: ./" + command.getCommandSpec().qualifiedName() + " --help");
        }
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "a command is missing; legal: "
                        + String.join(", ", spec.subcommands().keySet()));
    }
}
