package dev.portcullis.launcher.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code token}: the word before the commands about static tokens. */
@Command(
        name = "token",
        description = "Makes static tokens, lists those of a configuration folder, and looks whether one is good.",
        subcommands = {TokenNewCommand.class, TokenListCommand.class, TokenCheckCommand.class})
final class TokenCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "a command is missing after token; legal: "
                        + String.join(", ", spec.subcommands().keySet()));
    }
}
