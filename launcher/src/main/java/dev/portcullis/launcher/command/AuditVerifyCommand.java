package dev.portcullis.launcher.command;

import dev.portcullis.kit.text.FileText;
import dev.portcullis.kit.transparency.Checkpoint;
import dev.portcullis.kit.transparency.ExportCheck;
import dev.portcullis.kit.transparency.KeyKind;
import dev.portcullis.kit.transparency.LogFormatException;
import dev.portcullis.kit.transparency.SignedNote;
import dev.portcullis.kit.transparency.VerifierKey;
import dev.portcullis.launcher.audit.AuditExportException;
import dev.portcullis.launcher.audit.ExportLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code audit verify}: an export, verified by the log's key alone. */
@Command(
        name = "verify",
        description =
                "Verifies what audit export has printed, by the log's key alone: no service and no database is asked. Exit 0 if all"
                        + " is as it was written, 1 if not, with what is wrong.")
final class AuditVerifyCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "FILE", description = "What audit export has printed.")
    private Path file = Path.of("");

    @Option(
            names = "--key",
            paramLabel = "VKEY",
            required = true,
            description = "Verifier key of the log, NAME+ID+BASE64; once for each key that it has signed with.")
    private List<String> keys = new ArrayList<>();

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "A checkpoint that was kept before: the log must not have lost what it signed.")
    private List<Path> checkpoints = new ArrayList<>();

    @Option(
            names = "--witness",
            paramLabel = "VKEY",
            description =
                    "Verifier key of a witness, who must have cosigned what the entries are proved by; once for each. Export with --witnessed.")
    private List<String> witnesses = new ArrayList<>();

    @Option(names = "--complete", description = "Every entry of the log has to be there, not only a selection.")
    private boolean complete;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var err = spec.commandLine().getErr();
        var known = keys.stream().map(text -> key("--key", text, KeyKind.LOG)).toList();
        var seenBy = witnesses.stream()
                .map(text -> key("--witness", text, KeyKind.WITNESS))
                .toList();
        try {
            var older = new ArrayList<Checkpoint>();
            for (var path : checkpoints) {
                older.add(checkpoint(path, known));
            }
            return verified(new ExportCheck(known, seenBy), older);
        } catch (AuditExportException e) {
            err.println(file + ": " + e.getMessage());
        } catch (LogFormatException e) {
            err.println(e.getMessage());
        } catch (IOException e) {
            err.println(file + " cannot be read: " + FileText.fault(e));
        }
        return 1;
    }

    private int verified(ExportCheck check, List<Checkpoint> older) throws IOException {
        var number = 0;
        try (var lines = Files.newBufferedReader(file)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                check.add(ExportLine.read(number, line));
            }
        }
        var verification = check.end(complete, older);
        var out = spec.commandLine().getOut();
        verification.faults().forEach(fault -> out.println(fault.kind() + ": " + fault.detail()));
        out.println(
                verification.faults().isEmpty()
                        ? verification.size() + " of " + verification.signedSize()
                                + " entries are as they were written"
                                + (complete ? ", and none is missing" : "; --complete tells whether any is missing")
                        : verification.size() + " of " + number + " lines are proved; "
                                + verification.faults().size() + " fault(s)");
        out.flush();
        return verification.faults().isEmpty() ? 0 : 1;
    }

    private VerifierKey key(String option, String text, KeyKind kind) {
        try {
            return VerifierKey.parse(text, kind);
        } catch (LogFormatException e) {
            throw new ParameterException(spec.commandLine(), option + " " + e.getMessage(), e);
        }
    }

    private static Checkpoint checkpoint(Path path, List<VerifierKey> known) throws IOException {
        try {
            return Checkpoint.verifiedByOne(SignedNote.parse(FileText.read(path, StandardCharsets.UTF_8)), known)
                    .orElseThrow(() -> new LogFormatException("is no checkpoint that the key has signed"));
        } catch (LogFormatException e) {
            throw new LogFormatException(path + " " + e.getMessage());
        }
    }
}
