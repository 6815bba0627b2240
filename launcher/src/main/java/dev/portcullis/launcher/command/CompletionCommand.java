package dev.portcullis.launcher.command;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code completion}: a script by which a shell completes commands and options. */
@Command(
        name = "completion",
        description = "Prints a script by which a shell completes commands and options; for this shell only:"
                + " eval \"$(./portcullis completion bash)\"")
final class CompletionCommand implements Callable<Integer> {
    /** The shells; the one script tells them apart itself. */
    enum Shell {
        bash,
        zsh
    }

    @Parameters(index = "0", paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}.")
    private Shell shell = Shell.bash;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        if (shell == Shell.zsh) {
            out.println("autoload -Uz compinit bashcompinit && compinit && bashcompinit");
        }
        out.print(AutoComplete.bash("portcullis", spec.root().commandLine()));
        out.flush();
        return 0;
    }
}
