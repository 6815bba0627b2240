package dev.portcullis.launcher.command;

import picocli.CommandLine.Command;

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
            ReleaseAbortCommand.class,
            ReleaseApproveCommand.class,
            ReleaseWithdrawCommand.class,
            ReleaseRetryCommand.class,
            ReleaseHoldCommand.class,
            ReleaseResumeCommand.class
        })
final class ReleaseCommand extends CommandGroup {}
