package dev.portcullis.launcher.command;

import dev.portcullis.launcher.explain.Difference;
import dev.portcullis.launcher.explain.ExplainException;
import dev.portcullis.launcher.explain.LogComparison;
import dev.portcullis.launcher.explain.Recomputation;
import dev.portcullis.launcher.explain.Recomputation.Result;
import dev.portcullis.launcher.explain.RecomputationText;
import dev.portcullis.launcher.explain.RecordFile;
import dev.portcullis.launcher.release.ReleaseClient;
import dev.portcullis.launcher.release.ReleaseReference;
import dev.portcullis.proto.gate.v1.Decision;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code explain}: a decision computed again from its record. */
@Command(
        name = "explain",
        description =
                "Computes a decision again from what is on record of it, and compares: its verdict, evidence, reasons and explanation. Exit 0 if all"
                        + " is the same or nothing follows from evidence, 4 if something differs, 5 if its record is not to be had any more.")
final class ExplainCommand extends GateCommand {
    private static final int REFUSED = 1;
    private static final int DIFFERS = 4;
    private static final int NOT_RECORDED = 5;
    private static final String DECISIONS = "/decisions/";

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "DECISION",
            description =
                    "Its name, services/{service}/releases/{uuid}/decisions/{uuid}; or a release, by name or the first 8 or more"
                            + " characters of its UUID, whose latest decision is meant.")
    private @Nullable String decision;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "A record that was saved before, in place of DECISION: no service is asked.")
    private @Nullable Path file;

    @Option(names = "--save", paramLabel = "FILE", description = "Saves the record, to be explained from there.")
    private @Nullable Path save;

    @Override
    void checkArguments() {
        if ((decision == null) == (file == null)) {
            throw new ParameterException(commandLine(), "give DECISION or --file, one of them");
        }
        if (decision != null && !decision.contains(DECISIONS)) {
            ReleaseOption.of(commandLine(), decision);
        }
    }

    @Override
    int run(ReleaseClient client) {
        try {
            var record = Optional.ofNullable(file).map(RecordFile::read).orElseGet(() -> asked(client));
            Optional.ofNullable(save).ifPresent(path -> RecordFile.write(record, path));
            var found = Recomputation.of(record);
            var log = file == null
                    ? LogComparison.of(record, client.auditEntry(record.getName()))
                    : LogComparison.Result.NOT_COMPARED;
            if (isJson()) {
                JsonOutput.print(ExplanationJson.of(found, log), out());
            } else {
                print(RecomputationText.of(found, log));
            }
            return exitCode(found, log);
        } catch (ExplainException e) {
            commandLine().getErr().println(e.getMessage());
            return REFUSED;
        }
    }

    private Decision asked(ReleaseClient client) {
        var text = String.valueOf(decision);
        return client.decisionRecord(
                text.contains(DECISIONS) ? text : latest(client, ReleaseOption.of(commandLine(), text)));
    }

    private static String latest(ReleaseClient client, ReleaseReference release) {
        var name = client.name(release);
        return client.decisions(name, 1).stream()
                .findFirst()
                .map(Decision::getName)
                .orElseThrow(() -> new ExplainException("nothing is decided on " + name + " yet"));
    }

    private static int exitCode(Recomputation found, LogComparison.Result log) {
        if (log == LogComparison.Result.DIFFERENT || log == LogComparison.Result.NO_ENTRY) {
            return DIFFERS;
        }
        if (found.analysis() == Result.NOT_RECORDED) {
            return NOT_RECORDED;
        }
        return found.differences().isEmpty() ? 0 : DIFFERS;
    }

    /** What is printed for programs. */
    record ExplanationJson(
            String decision,
            Result analysisResult,
            Result decisionResult,
            LogComparison.Result auditLogResult,
            List<Difference> differences) {
        private static ExplanationJson of(Recomputation found, LogComparison.Result log) {
            return new ExplanationJson(
                    found.record().getName(), found.analysis(), found.decision(), log, found.differences());
        }
    }
}
