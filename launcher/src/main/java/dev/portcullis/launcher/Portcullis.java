package dev.portcullis.launcher;

import dev.portcullis.launcher.command.RootCommand;
import picocli.CommandLine;

/** The main program behind {@code ./portcullis}. */
public final class Portcullis {
    private Portcullis() {}

    /** Runs a command; ends the process with its exit code unless that is 0. */
    public static void main(String[] arguments) {
        var code = RootCommand.commandLine().execute(arguments);
        if (code != CommandLine.ExitCode.OK) {
            System.exit(code);
        }
    }
}
