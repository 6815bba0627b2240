package dev.portcullis.launcher.command;

import picocli.CommandLine.Command;

/** {@code audit}: the word before the commands about the audit log. */
@Command(
        name = "audit",
        description =
                "Lists and exports the audit log of a running gate-service, verifies an export without one, and is a witness of it.",
        subcommands = {
            AuditListCommand.class,
            AuditExportCommand.class,
            AuditVerifyCommand.class,
            AuditKeyCommand.class,
            AuditWitnessCommand.class,
            AuditSqlCommand.class
        })
final class AuditCommand extends CommandGroup {}
