package dev.portcullis.launcher.command;

import dev.portcullis.kit.configuration.Suggestion;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code help}: the same as {@code --help} behind a command, for those who ask in a word. */
@Command(name = "help", description = "Shows how portcullis, or one of its commands, is used.")
final class HelpCommand implements Callable<Integer> {
    @Parameters(index = "0", arity = "0..1", paramLabel = "COMMAND", description = "The command; all unless given.")
    private @Nullable String command;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        CommandLine all = spec.root().commandLine();
        CommandLine meant = command == null ? all : all.getSubcommands().get(command);
        if (meant == null) {
            var names = all.getSubcommands().keySet();
            throw new ParameterException(
                    all,
                    "there is no command '" + command + "'" + Suggestion.forWord(String.valueOf(command), names)
                            + "; legal: " + String.join(", ", names));
        }
        meant.usage(spec.commandLine().getOut());
        return 0;
    }
}
