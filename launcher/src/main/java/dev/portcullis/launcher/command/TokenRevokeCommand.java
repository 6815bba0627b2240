package dev.portcullis.launcher.command;

import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code token revoke}: ends a token of a gate-service before its time. */
@Command(
        name = "revoke",
        description = "Revokes a token that gate-service keeps: all services refuse it within five seconds.")
final class TokenRevokeCommand implements Callable<Integer> {
    private static final Pattern NAME = Pattern.compile("tokens/[0-9a-fA-F-]{36}");

    @Parameters(index = "0", paramLabel = "TOKEN", description = "Its name, tokens/UUID, as token list shows it.")
    private String name = "";

    @Mixin
    private TokenGate gate = new TokenGate();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var command = spec.commandLine();
        if (!NAME.matcher(name).matches()) {
            // Not shown: it may be the token itself.
            throw new ParameterException(command, "TOKEN is not legal; legal: tokens/UUID, as token list shows it");
        }
        return gate.ask(command, client -> {
            var revoked = client.revoke(name);
            command.getOut().println(TokenGate.line(revoked, Clock.systemUTC().instant()));
            command.getOut().flush();
            return 0;
        });
    }
}
