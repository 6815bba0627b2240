package dev.portcullis.launcher.command;

import dev.portcullis.launcher.token.TokenClient;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code token list}: the static tokens that a configuration folder has, or a gate-service. */
@Command(
        name = "list",
        description =
                "Lists the tokens of a configuration folder, or of a gate-service: who has them, for what, until when.")
final class TokenListCommand implements Callable<Integer> {
    @Mixin
    private FolderOption folder = new FolderOption();

    @Mixin
    private TokenGate gate = new TokenGate();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        if (gate.isNamed()) {
            return gate.ask(spec.commandLine(), this::listed);
        }
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

    private int listed(TokenClient client) {
        var out = spec.commandLine().getOut();
        var now = Clock.systemUTC().instant();
        var tokens = client.list("");
        tokens.forEach(token -> out.println(TokenGate.line(token, now)));
        if (tokens.isEmpty()) {
            out.println("gate-service has made no token");
        }
        out.flush();
        return 0;
    }
}
