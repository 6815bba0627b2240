package dev.portcullis.launcher.command;

import picocli.CommandLine.Command;

/** {@code message}: the word before the commands about receivers of messages. */
@Command(
        name = "message",
        description = "Tries the receivers of messages.",
        subcommands = {MessageTestCommand.class})
final class MessageCommand extends CommandGroup {}
