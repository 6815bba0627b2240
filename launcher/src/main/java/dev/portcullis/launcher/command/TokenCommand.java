package dev.portcullis.launcher.command;

import picocli.CommandLine.Command;

/** {@code token}: the word before the commands about static tokens. */
@Command(
        name = "token",
        description = "Makes static tokens, lists those of a configuration folder, and looks whether one is good.",
        subcommands = {TokenNewCommand.class, TokenListCommand.class, TokenCheckCommand.class})
final class TokenCommand extends CommandGroup {}
