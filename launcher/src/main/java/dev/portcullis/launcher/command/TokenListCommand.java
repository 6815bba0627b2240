package dev.portcullis.launcher.command;

import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code token list}: the static tokens that a configuration folder has. */
@Command(
        name = "list",
        description = "Lists the tokens of a configuration folder: who has them, what they are good for, until when.")
final class TokenListCommand implements Callable<Integer> {
    @Mixin
    private FolderOption folder = new FolderOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        var tokens = TokenFolder.read(folder.folder(spec.commandLine()));
        var now = Clock.systemUTC().instant();
        tokens.forEach(token -> out.println(TokenFolder.line(token, now)));
        if (tokens.isEmpty()) {
            out.println("no document of kind Access has a token");
        }
        out.flush();
        return 0;
    }
}
