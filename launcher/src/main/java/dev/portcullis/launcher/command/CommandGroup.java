package dev.portcullis.launcher.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A word before commands, which does nothing by itself but tell which there are. */
abstract class CommandGroup implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public final void run() {
        throw new ParameterException(
                spec.commandLine(),
                "a command is missing after " + spec.name() + "; legal: "
                        + String.join(", ", spec.subcommands().keySet()));
    }
}
