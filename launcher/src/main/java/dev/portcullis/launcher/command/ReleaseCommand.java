package dev.portcullis.launcher.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code release}: the word before the commands that look at releases and decide on them. */
@Command(
        name = "release",
        description = "Lists the releases of a running gate-service, shows and follows one, or decides by hand.",
        subcommands = {
            ReleaseListCommand.class,
            ReleaseShowCommand.class,
            ReleaseWhyCommand.class,
            ReleaseWatchCommand.class,
            ReleasePromoteCommand.class,
            ReleaseAbortCommand.class
        })
final class ReleaseCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "a command is missing after release; legal: "
                        + String.join(", ", spec.subcommands().keySet()));
    }
}
