package dev.portcullis.launcher.command;

import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.launcher.configuration.LoadedConfiguration;
import dev.portcullis.launcher.kayenta.CanaryConfigException;
import dev.portcullis.launcher.kayenta.ImportSettings;
import dev.portcullis.launcher.kayenta.KayentaImport;
import dev.portcullis.launcher.kayenta.KayentaImport.Imported;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code import kayenta}: a canary config as SLOs and a policy, which pass {@code check}; only YAML goes to standard output. */
@Command(
        name = "kayenta",
        description =
                "Prints SLOs and a ReleasePolicy made of a canary config of Kayenta, and on standard error what has no counterpart;"
                        + " exit 1 and no YAML if there is any, unless --partial. No file is replaced.")
final class ImportKayentaCommand implements Callable<Integer> {
    private static final String TARGET = "0?\\.[0-9]{1,9}";

    /** The judges of a policy. */
    enum Judge {
        mannWhitney("mann-whitney"),
        sequential("sequential");

        private final String word;

        Judge(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    @Parameters(index = "0", paramLabel = "FILE", description = "The canary config, in JSON.")
    private Path file = Path.of("");

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "Write a file named after the canary config into this folder, in place of standard output.")
    private @Nullable Path output;

    @Option(
            names = "--service",
            paramLabel = "NAME",
            description = "The policy's service; the config's application unless given.")
    private @Nullable String service;

    @Option(
            names = "--arms-label",
            paramLabel = "LABEL",
            description =
                    "The label whose whole value tells canary from stable; that of $${scope} in the queries unless given.")
    private @Nullable String armsLabel;

    @Option(names = "--location", paramLabel = "TEXT", description = "What stands for $${location} in the queries.")
    private @Nullable String location;

    @Option(
            names = "--target",
            paramLabel = "RATIO",
            description =
                    "The SLOs' ratio of good requests, which no canary config has; ${DEFAULT-VALUE} unless given.")
    private String target = "0.999";

    @Option(
            names = "--judge",
            paramLabel = "JUDGE",
            description =
                    "mann-whitney (Kayenta's) or sequential (with a bound on false aborts); ${DEFAULT-VALUE} unless given.")
    private Judge judge = Judge.mannWhitney;

    @Option(names = "--partial", description = "Leave out what has no counterpart, and print the rest.")
    private boolean partial;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        if (!target.matches(TARGET) || Double.parseDouble(target) <= 0) {
            throw new ParameterException(
                    spec.commandLine(), "--target is '" + target + "'; legal: above 0 and below 1, such as 0.999");
        }
        var err = spec.commandLine().getErr();
        try {
            var settings = new ImportSettings(
                    Optional.ofNullable(service),
                    Optional.ofNullable(armsLabel),
                    Optional.ofNullable(location),
                    target,
                    judge == Judge.sequential);
            return told(KayentaImport.of(Files.readString(file), settings));
        } catch (CanaryConfigException e) {
            err.println(file + ": " + e.getMessage());
        } catch (IOException e) {
            err.println(file + " cannot be read: " + e);
        }
        return 1;
    }

    private int told(Imported imported) throws IOException {
        var err = spec.commandLine().getErr();
        imported.findings().forEach(finding -> err.println(finding.shown(file.toString())));
        if (imported.text().isEmpty()) {
            err.println("nothing was made: no metric has a counterpart");
            return 1;
        }
        if (imported.incomplete() && !partial) {
            err.println("nothing was made: not all of it has a counterpart; --partial leaves out what has none");
            return 1;
        }
        var text = imported.text().get();
        var faults = new Faults();
        var name = imported.name() + ".yaml";
        LoadedConfiguration.of(ConfigurationDocument.ofText(name, text, faults), faults);
        if (!faults.isEmpty()) {
            faults.list().forEach(fault -> err.println("what was made is not legal: " + fault));
            return 1;
        }
        advise();
        return output == null ? printed(text) : written(output.resolve(name), text);
    }

    private void advise() {
        var err = spec.commandLine().getErr();
        err.println("note: the SLOs have the target " + target + "; set the one that users are promised");
        if (judge == Judge.mannWhitney) {
            err.println(
                    "note: judge mann-whitney scores as Kayenta does and bounds no errors; --judge sequential decides at any number of looks with a bound on false aborts, by the targets, without groups, weights and scores (docs/judge.md)");
        }
    }

    private int printed(String text) {
        spec.commandLine().getOut().print(text);
        spec.commandLine().getOut().flush();
        return 0;
    }

    private int written(Path path, String text) throws IOException {
        var err = spec.commandLine().getErr();
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            Files.writeString(path, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            spec.commandLine().getOut().println(path + " was written");
            spec.commandLine().getOut().flush();
            return 0;
        } catch (FileAlreadyExistsException e) {
            err.println("nothing was written: " + path + " is there already");
        } catch (IOException e) {
            err.println("nothing was written: " + path + " cannot be written: " + e);
        }
        return 1;
    }
}
