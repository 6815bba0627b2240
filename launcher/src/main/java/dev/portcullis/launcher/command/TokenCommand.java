package dev.portcullis.launcher.command;

import picocli.CommandLine.Command;

/** {@code token}: the word before the commands about static tokens. */
@Command(
        name = "token",
        description = "Makes, lists and revokes static tokens, and looks whether one is good.",
        subcommands = {TokenNewCommand.class, TokenListCommand.class, TokenRevokeCommand.class, TokenCheckCommand.class
        })
final class TokenCommand extends CommandGroup {}
