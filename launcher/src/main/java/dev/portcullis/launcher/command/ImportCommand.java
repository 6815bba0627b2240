package dev.portcullis.launcher.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code import}: the word before what is imported. */
@Command(
        name = "import",
        description = "Makes SLOs and a policy of what another tool is configured with.",
        subcommands = ImportKayentaCommand.class)
final class ImportCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "what is imported is missing; legal: "
                        + String.join(", ", spec.subcommands().keySet()));
    }
}
