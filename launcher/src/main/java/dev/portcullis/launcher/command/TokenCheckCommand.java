package dev.portcullis.launcher.command;

import dev.portcullis.kit.identity.TokenText;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code token check}: whether a token is good by a configuration folder. Shows nothing of it. */
@Command(
        name = "check",
        description = "Looks whether a token is good by a configuration folder, and whose it is. Exit 1 if it is not.")
final class TokenCheckCommand implements Callable<Integer> {
    @Mixin
    private FolderOption folder = new FolderOption();

    @Mixin
    private TokenOption token = new TokenOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var command = spec.commandLine();
        var text = token.token(command)
                .orElseThrow(() -> new ParameterException(
                        command, "there is no token; name a file with --token-file, or set PORTCULLIS_TOKEN"));
        if (!TokenText.isToken(text)) {
            return told(1, "it is no token of Portcullis, or is cut or misspelt: its checksum is wrong");
        }
        var digest = TokenText.sha256(text);
        var found = TokenFolder.read(folder.folder(command)).stream()
                .filter(known -> known.sha256().equals(digest))
                .findFirst();
        if (found.isEmpty()) {
            return told(1, "no document of kind Access has it; its sha256 is " + digest);
        }
        var now = Clock.systemUTC().instant();
        return told(now.isBefore(found.get().end()) ? 0 : 1, TokenFolder.line(found.get(), now));
    }

    private int told(int exitCode, String line) {
        var out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
        return exitCode;
    }
}
