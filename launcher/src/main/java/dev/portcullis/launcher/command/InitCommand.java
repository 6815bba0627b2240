package dev.portcullis.launcher.command;

import dev.portcullis.analysis.configuration.preset.Preset;
import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.configuration.Suggestion;
import dev.portcullis.kit.text.FileText;
import dev.portcullis.launcher.configuration.LoadedConfiguration;
import dev.portcullis.launcher.init.StarterConfiguration;
import dev.portcullis.launcher.init.StarterConfiguration.Source;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Iterator;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code init}: a file to start from, which passes {@code check}; asks nothing and replaces nothing. */
@Command(
        name = "init",
        description = "Writes a configuration to start from: one service with its metrics, SLOs and policy, commented."
                + " No file is replaced.")
final class InitCommand implements Callable<Integer> {
    private static final String SERVICE_FORM = "[A-Za-z][A-Za-z0-9._-]{0,62}";

    /** The words that {@code --source} takes. */
    static final class SourceNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Source.all().stream().map(Source::name).iterator();
        }
    }

    @Mixin
    private FolderOption folder = new FolderOption();

    @Option(
            names = "--service",
            paramLabel = "NAME",
            description = "The service, as callers will name it; ${DEFAULT-VALUE} unless given.")
    private String service = "checkout";

    @Option(
            names = "--source",
            paramLabel = "SOURCE",
            completionCandidates = SourceNames.class,
            description = "Where its numbers come from: ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} unless given.")
    private String source = "prometheus";

    @Option(
            names = "--preset",
            paramLabel = "PRESET",
            description =
                    "Take the SLOs of a well-known system, such as istio or spring-boot, in place of SLOs written out.")
    private @Nullable String preset;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        checkService();
        var measured = source();
        checkPreset(measured);
        var path = folder.folder(spec.commandLine());
        var starter = new StarterConfiguration(service, measured, preset);
        var refusal = refusal(path, starter);
        if (refusal != null) {
            spec.commandLine().getErr().println("nothing was written: " + refusal);
            return 1;
        }
        told(path, starter);
        return 0;
    }

    private void checkService() {
        if (!service.matches(SERVICE_FORM)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--service is '" + service + "'; legal: a letter, then up to 62 letters, digits, '.', '_' and '-'");
        }
    }

    private Source source() {
        var sources = Source.all();
        return sources.stream()
                .filter(known -> known.name().equals(source))
                .findFirst()
                .orElseThrow(() -> unknown(
                        "--source", source, sources.stream().map(Source::name).toList()));
    }

    private ParameterException unknown(String option, String word, Collection<String> legal) {
        return new ParameterException(
                spec.commandLine(),
                option + " is '" + word + "'" + Suggestion.forWord(word, legal) + "; legal: "
                        + String.join(", ", legal));
    }

    private void checkPreset(Source measured) {
        if (preset == null) {
            return;
        }
        if (!Preset.names().contains(preset)) {
            throw unknown("--preset", preset, Preset.names());
        }
        if (!measured.takesPresets()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--preset has queries of Prometheus, which --source " + source
                            + " does not take; leave one of them out");
        }
    }

    /** Why nothing was written; null when the file was. */
    private @Nullable String refusal(Path path, StarterConfiguration starter) {
        var file = path.resolve(starter.fileName());
        var faults = new Faults();
        LoadedConfiguration.of(ConfigurationDocument.ofText(starter.fileName(), starter.text(), faults), faults);
        if (!faults.isEmpty()) {
            return "'" + service + "' cannot be a service's name: "
                    + faults.list().getFirst().message();
        }
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(path)) {
            return path + " is no folder, or a link that leads to none; name another folder";
        }
        if (Files.isDirectory(path)
                && LoadedConfiguration.read(path).analysis().services().containsKey(service)) {
            return path + " has a policy of service '" + service + "' already; name another with --service";
        }
        try {
            Files.createDirectories(path);
            Files.writeString(file, starter.text(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            return null;
        } catch (FileAlreadyExistsException e) {
            return e.getFile() + " is there already; name another service with --service, or another folder";
        } catch (IOException e) {
            return file + " cannot be written: " + FileText.fault(e);
        }
    }

    private void told(Path path, StarterConfiguration starter) {
        var out = spec.commandLine().getOut();
        out.println(path.resolve(starter.fileName()) + " was written, for service '" + service + "'. Next:");
        out.println("  1. edit it: addresses, queries and labels are examples");
        out.println(
                "  2. ./portcullis check " + path + " --live   tells whether every query gives what is to be measured");
        out.println(
                "  3. ./portcullis up --config " + path + "   runs it; if it runs already, the file is in use by now");
        out.flush();
    }
}
