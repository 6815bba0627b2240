package dev.portcullis.launcher.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.Wiring;
import dev.portcullis.launcher.init.StarterConfiguration.Source;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The configuration to start from. */
final class InitTest {
    @TempDir
    private Path parent;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private Path folder() {
        return parent.resolve("config");
    }

    private int run(String... arguments) {
        return RootCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private int init(String... options) {
        List<String> arguments = new ArrayList<>(List.of("init", folder().toString()));
        arguments.addAll(List.of(options));
        return run(arguments.toArray(String[]::new));
    }

    private void assertChecked(String told) {
        out.getBuffer().setLength(0);
        assertEquals(0, run("check", folder().toString()), out::toString);
        assertTrue(out.toString().startsWith(told), out::toString);
    }

    static List<Source> sources() {
        return Source.all();
    }

    @ParameterizedTest
    @MethodSource("sources")
    void whatItWritesPassesCheckForEverySource(Source source) throws IOException {
        assertEquals(0, init("--source", source.name(), "--service", "Pay.ments_2-eu"), err::toString);
        var text = Files.readString(folder().resolve("Pay.ments_2-eu.yaml"));
        var documents = text.lines().filter(line -> line.startsWith("kind: ")).count();
        assertTrue(documents >= 3, text);
        assertChecked(documents + " documents, 1 policy: no fault");
        assertFalse(text.contains("${"), text);
        assertFalse(text.contains("checkout"), text);
    }

    static List<String> presets() {
        return dev.portcullis.analysis.configuration.preset.Preset.names();
    }

    @ParameterizedTest
    @MethodSource("presets")
    void whatItWritesPassesCheckForEveryPreset(String preset) {
        var sources = sources().stream()
                .filter(Source::takesPresets)
                .map(Source::name)
                .toList();
        assertTrue(sources.containsAll(List.of("prometheus", "scrape", "otlp")), sources::toString);
        assertFalse(sources.contains("datadog"));
        for (var source : sources) {
            assertEquals(0, init("--preset", preset, "--source", source, "--service", source + "-shop"), err::toString);
        }
        var count = sources.size();
        assertChecked("%d documents, %d policies: no fault".formatted(2 * count, count));
    }

    @Test
    void everyKindOfSourceHasATemplate() {
        assertEquals(
                Wiring.sourceKinds(Wiring.DEFAULT_PROMETHEUS, Clock.systemUTC()).stream()
                        .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                        .toList(),
                sources().stream().map(Source::name).toList());
    }

    @Test
    void aSourceThatIsMisspeltIsToldWithTheLegalOnes() {
        assertEquals(2, init("--source", "scrap"));
        assertTrue(
                err.toString().startsWith("--source is 'scrap' (did you mean 'scrape'?); legal: prometheus, scrape, "),
                err::toString);
    }

    @Test
    void theRollbackThatIsCommentedOutIsRight() throws IOException {
        assertEquals(0, init());
        var file = folder().resolve("checkout.yaml");
        var text = Files.readString(file);
        Files.writeString(file, text.replace("  # rollback: {", "  rollback: {"));
        assertTrue(Files.readString(file).contains("\n  rollback: {"), text);
        assertChecked("4 documents, 1 policy: no fault");
    }

    @Test
    void thePagesThatItNamesAreThere() throws IOException {
        for (var source : sources()) {
            assertEquals(0, init("--source", source.name(), "--service", source.name()));
            var text = Files.readString(folder().resolve(source.name() + ".yaml"));
            var pages = java.util.regex.Pattern.compile("docs/[a-z/-]+\\.md")
                    .matcher(text)
                    .results()
                    .toList();
            assertTrue(pages.size() >= 3, text);
            pages.forEach(page -> assertTrue(Files.exists(Path.of("..").resolve(page.group())), page.group()));
        }
    }

    @Test
    void itTellsWhatToDoNext() {
        assertEquals(0, init());
        assertTrue(
                out.toString()
                        .startsWith(folder().resolve("checkout.yaml") + " was written, for service 'checkout'. Next:"),
                out::toString);
        assertTrue(out.toString().contains("./portcullis check " + folder() + " --live"), out::toString);
    }

    @Test
    void nothingIsReplaced() throws IOException {
        Files.createDirectories(folder());
        var file = folder().resolve("checkout.yaml");
        Files.writeString(file, "");
        assertEquals(1, init());
        assertEquals(
                "nothing was written: " + file
                        + " is there already; name another service with --service, or another folder",
                err.toString().strip());
        assertEquals("", Files.readString(file));
    }

    @Test
    void aServiceThatHasAPolicyGetsNoSecondOne() throws IOException {
        assertEquals(0, init());
        Files.move(folder().resolve("checkout.yaml"), folder().resolve("shop.yaml"));
        assertEquals(1, init());
        assertTrue(err.toString().contains("has a policy of service 'checkout' already"), err::toString);
        assertFalse(Files.exists(folder().resolve("checkout.yaml")));
    }

    @Test
    void aWordThatYamlReadsAsSomethingElseIsNoServicesName() {
        assertEquals(1, init("--service", "true"));
        assertTrue(err.toString().startsWith("nothing was written: 'true' cannot be a service's name"), err::toString);
        assertFalse(Files.exists(folder()));
    }

    private String refused(Path place) {
        err.getBuffer().setLength(0);
        assertEquals(1, run("init", place.toString()), place::toString);
        return err.toString().strip();
    }

    @Test
    void whereItCannotWriteItSaysWhyInWords() throws IOException {
        var file = Files.writeString(parent.resolve("file"), "text");
        var broken = Files.createSymbolicLink(parent.resolve("broken"), Path.of("/nonexistent/folder"));
        for (var place : List.of(file, broken, Path.of("/dev/null"))) {
            assertEquals(
                    "nothing was written: " + place
                            + " is no folder, or a link that leads to none; name another folder",
                    refused(place));
        }
        assertEquals(
                "nothing was written: " + file.resolve("below/checkout.yaml") + " cannot be written: not a directory",
                refused(file.resolve("below")));
        assertEquals(
                "nothing was written: /proc/nowhere/checkout.yaml cannot be written: there is no such file or folder",
                refused(Path.of("/proc/nowhere")));
    }
}
