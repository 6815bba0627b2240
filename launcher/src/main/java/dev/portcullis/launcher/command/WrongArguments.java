package dev.portcullis.launcher.command;

import dev.portcullis.kit.configuration.Suggestion;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with a command line, in the words that faults of the configuration have: what it is, what is legal, what was probably meant. */
final class WrongArguments {
    private WrongArguments() {}

    /**
     * The message.
     *
     * @param arguments the whole command line
     */
    static String told(ParameterException wrong, String[] arguments) {
        return switch (wrong) {
            case UnmatchedArgumentException unmatched -> unmatched(unmatched);
            case MissingParameterException missing -> missing(missing, arguments);
            case MutuallyExclusiveArgsException exclusive ->
                choices(wrong.getCommandLine(), " and ")
                        .map(both -> both + " are both given; legal: one of them")
                        .orElse(String.valueOf(exclusive.getMessage()));
            case OverwrittenOptionException twice -> overwritten(twice);
            default -> illegal(wrong);
        };
    }

    private static String overwritten(OverwrittenOptionException wrong) {
        ArgSpec twice = wrong.getOverwritten();
        return twice == null ? illegal(wrong) : name(twice) + " is given twice; legal: once";
    }

    private static String illegal(ParameterException wrong) {
        ArgSpec argument = wrong.getArgSpec();
        return argument == null || wrong.getValue() == null
                ? String.valueOf(wrong.getMessage())
                : name(argument) + " is '" + wrong.getValue() + "'; legal: " + legal(argument);
    }

    private static String unmatched(UnmatchedArgumentException wrong) {
        CommandSpec command = wrong.getCommandLine().getCommandSpec();
        String word = wrong.getUnmatched().getFirst();
        if (wrong.isUnknownOption()) {
            String option = word.split("=", 2)[0];
            return "there is no option '" + option + "'"
                    + Suggestion.forWord(option, command.optionsMap().keySet());
        }
        var commands = wrong.getCommandLine().getSubcommands().keySet();
        return commands.isEmpty()
                ? "'" + word + "' is one word too many"
                : "there is no command '" + word + "'" + Suggestion.forWord(word, commands) + "; legal: "
                        + String.join(", ", commands);
    }

    private static String missing(MissingParameterException wrong, String[] arguments) {
        List<ArgSpec> missing = wrong.getMissing();
        if (missing.size() != 1) {
            return choices(wrong.getCommandLine(), " or ")
                    .or(() -> companion(wrong.getCommandLine(), arguments))
                    .map(name -> name + " is missing")
                    .orElse(String.valueOf(wrong.getMessage()));
        }
        ArgSpec argument = missing.getFirst();
        return isGiven(argument, arguments)
                ? name(argument) + " is given without its value; legal: " + name(argument) + " " + argument.paramLabel()
                : name(argument) + " is missing";
    }

    /** The options of which one is to be given. */
    private static Optional<String> choices(CommandLine command, String word) {
        return command.getCommandSpec().argGroups().stream()
                .filter(ArgGroupSpec::exclusive)
                .map(group -> group.args().stream().map(WrongArguments::name).collect(Collectors.joining(word)))
                .findFirst();
    }

    /** The option without which others of its group mean nothing. */
    private static Optional<String> companion(CommandLine command, String[] arguments) {
        return command.getCommandSpec().argGroups().stream()
                .flatMap(group -> group.args().stream())
                .filter(ArgSpec::required)
                .filter(argument -> !isGiven(argument, arguments))
                .map(WrongArguments::name)
                .findFirst();
    }

    private static boolean isGiven(ArgSpec argument, String[] arguments) {
        return argument instanceof OptionSpec option
                && Arrays.stream(arguments)
                        .anyMatch(word -> List.of(option.names()).contains(word));
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    private static String legal(ArgSpec argument) {
        Class<?> type = argument.type();
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants()).map(Object::toString).collect(Collectors.joining(", "));
        }
        if (type == Path.class) {
            return "the path of a folder";
        }
        return type == double.class || type == Double.class ? "a number" : argument.paramLabel();
    }
}
