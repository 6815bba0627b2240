package dev.portcullis.rollback.targets.featureflag;

import dev.portcullis.rollback.exchange.Curl;
import dev.portcullis.rollback.plan.ApplyResult;
import dev.portcullis.rollback.plan.Assignment;
import dev.portcullis.rollback.plan.Precondition;
import dev.portcullis.rollback.plan.TargetSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * Flags in a flag definition that flagd reads from a file. The file is replaced whole, by a rename, on condition that it is still the
 * file that was read. Thread-safe.
 */
final class FlagdFile implements FlagProvider {
    static final String NAME = "flagd-file";

    private final FlagFiles files;

    FlagdFile(FlagFiles files) {
        this.files = files;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String subject(TargetSettings settings) {
        return "flag " + settings.required(FlagKeys.FLAG) + " in " + settings.required(FlagKeys.FILE);
    }

    @Override
    public FlagState look(String service, TargetSettings settings) throws FlagFault {
        var content = files.read(file(settings));
        return document(content.text(), settings).state(subject(settings), content.version());
    }

    private static FlagdDocument document(String text, TargetSettings settings) throws FlagFault {
        return FlagdDocument.read(text, "file " + settings.required(FlagKeys.FILE), settings);
    }

    @Override
    public List<Precondition> examine(String service, TargetSettings settings, FlagState state) throws FlagFault {
        var real = files.real(file(settings));
        var folder = real.resolveSibling("");
        // The kubelet mounts a ConfigMap as links into a folder of that form.
        if (StreamSupport.stream(folder.spliterator(), false)
                .anyMatch(part -> part.toString().startsWith(".."))) {
            throw new FlagFault(
                    FlagFault.Kind.NOT_POSSIBLE,
                    "file " + settings.required(FlagKeys.FILE) + " is a mounted ConfigMap or Secret (" + real
                            + "), which cannot be changed through its mount; legal: a file in a folder that can be written to");
        }
        if (!Files.isWritable(folder)) {
            throw new FlagFault(
                    FlagFault.Kind.DENIED,
                    "folder " + folder + " cannot be written to by this service: no permission, or mounted read-only");
        }
        return List.of(document(state.document(), settings).offValueSet());
    }

    @Override
    public ApplyResult switchOff(Assignment assignment, FlagState state) {
        var settings = assignment.target();
        try {
            var document = document(state.document(), settings);
            var done = subject(settings) + " was switched off; " + document.before();
            return files.replace(file(settings), state.version(), document.switchedOff(), done);
        } catch (FlagFault e) {
            return e.result();
        }
    }

    private static Path file(TargetSettings settings) {
        return Path.of(settings.required(FlagKeys.FILE));
    }

    @Override
    public String commandToApply(TargetSettings settings) {
        var file = settings.required(FlagKeys.FILE);
        return "f=$(readlink -f " + Curl.quoted(file) + ") && cp -p \"$f\" \"$f.changed\" && " + JqEdit.of(settings)
                + " \"$f\" > \"$f.changed\" && mv \"$f.changed\" \"$f\"";
    }

    @Override
    public String commandToLook(TargetSettings settings) {
        return "jq --arg flag " + Curl.quoted(settings.required(FlagKeys.FLAG)) + " '.flags[$flag]' "
                + Curl.quoted(settings.required(FlagKeys.FILE));
    }
}
