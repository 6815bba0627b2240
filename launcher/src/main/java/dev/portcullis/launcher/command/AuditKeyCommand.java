package dev.portcullis.launcher.command;

import dev.portcullis.kit.text.FileText;
import dev.portcullis.kit.transparency.KeyKind;
import dev.portcullis.kit.transparency.LogFormatException;
import dev.portcullis.kit.transparency.SignerKeyFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code audit key}: a new key for the audit log. */
@Command(
        name = "key",
        description =
                "Makes a key that signs the audit log, or with --witness one that cosigns it, writes it into a new file, and prints its verifier key, which is no secret.")
final class AuditKeyCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "FILE",
            description = "The new file, for PORTCULLIS_AUDIT_KEY or audit witness; none is replaced.")
    private Path file = Path.of("");

    @Option(
            names = "--name",
            paramLabel = "NAME",
            required = true,
            description = "Name of the log, for good; best the address below which it is served, without https://.")
    private String name = "";

    @Option(names = "--witness", description = "Makes the key of a witness, which cosigns the audit logs of others.")
    private boolean witness;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        try {
            spec.commandLine()
                    .getOut()
                    .println(SignerKeyFile.create(file, name, witness ? KeyKind.WITNESS : KeyKind.LOG)
                            .verifier()
                            .text());
            spec.commandLine().getOut().flush();
            return 0;
        } catch (LogFormatException e) {
            throw new ParameterException(spec.commandLine(), "--name: " + e.getMessage(), e);
        } catch (IOException e) {
            spec.commandLine().getErr().println(file + " cannot be made: " + FileText.fault(e));
            return 1;
        }
    }
}
