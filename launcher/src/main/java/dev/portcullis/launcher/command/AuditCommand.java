package dev.portcullis.launcher.command;

import picocli.CommandLine.Command;

/** {@code audit}: the word before the commands about the audit log. */
@Command(
        name = "audit",
        description = "Lists and exports the audit log of a running gate-service, and verifies an export without one.",
        subcommands = {AuditListCommand.class, AuditExportCommand.class, AuditVerifyCommand.class, AuditKeyCommand.class
        })
final class AuditCommand extends CommandGroup {}
