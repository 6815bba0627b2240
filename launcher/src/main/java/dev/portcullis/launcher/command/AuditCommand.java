package dev.portcullis.launcher.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code audit}: the word before the commands about the audit log. */
@Command(
        name = "audit",
        description = "Lists and exports the audit log of a running gate-service, and verifies an export without one.",
        subcommands = {AuditListCommand.class, AuditExportCommand.class, AuditVerifyCommand.class, AuditKeyCommand.class
        })
final class AuditCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "a command is missing after audit; legal: "
                        + String.join(", ", spec.subcommands().keySet()));
    }
}
