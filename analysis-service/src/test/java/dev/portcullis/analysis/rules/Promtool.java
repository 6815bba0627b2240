package dev.portcullis.analysis.rules;

import dev.portcullis.kit.configuration.YamlOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The program {@code promtool}, which evaluates rules as Prometheus does. */
record Promtool(Path folder) {
    /** What it has against the rules or the test, which calls them rules.yaml; empty when nothing. */
    String told(List<RuleGroup> rules, String testFile) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("rules.yaml"), YamlOutput.of(RuleFile.prometheus(rules)));
        Files.writeString(folder.resolve("test.yaml"), testFile);
        String fault = run("check", "rules", "--lint-fatal", "rules.yaml");
        return fault.isEmpty() ? run("test", "rules", "test.yaml") : fault;
    }

    /** Runs it in its folder; what it says when it fails, otherwise nothing. */
    String run(String... words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Stream.concat(Stream.of("promtool"), Stream.of(words)).toList())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? "" : told;
    }

    /** Prometheus 3 leaves the sample at the beginning of a range out. */
    static boolean isLeftOpen() throws IOException {
        Process version = new ProcessBuilder("promtool", "--version")
                .redirectErrorStream(true)
                .start();
        String told = new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return !told.contains("version 2.");
    }
}
