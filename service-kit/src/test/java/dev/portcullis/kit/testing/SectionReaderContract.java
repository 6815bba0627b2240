package dev.portcullis.kit.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.configuration.ConfigurationFolder;
import dev.portcullis.kit.configuration.Fault;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.configuration.SectionReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What the reader holds that a service offers to the others: it is found, says what the service would say, and fails at no content. */
public abstract class SectionReaderContract {
    private static final String POLICY = """
            apiVersion: portcullis.dev/v1
            kind: ReleasePolicy
            metadata: {name: checkout}
            spec:
              service: checkout
              arms: {label: hash}
            """;
    /** The first line after those of {@link #POLICY}. */
    private static final int SECTIONS_LINE = 7;

    @TempDir
    Path folder;

    /** Short name of the service. */
    protected abstract String service();

    /** A policy's sections, each on one line, legal but for a key of the service's own section, in the first line, that has this value. */
    protected abstract List<String> sections(String value);

    /** A value of that key that is legal. */
    protected abstract String legal();

    /** What the service itself says of a folder. */
    protected abstract void parse(ConfigurationFolder content, Faults faults);

    @Test
    void aLegalContentHasNoFault() throws IOException {
        assertEquals(List.of(), faults(policy(quoted(legal().getBytes(StandardCharsets.UTF_8)))));
    }

    @Test
    void anEmptyFolderHasNoFault() {
        assertEquals(List.of(), faults());
    }

    @Test
    void aFaultInTheSectionOfTheServiceIsToldWithFileAndLine() throws IOException {
        var faults = faults(policy(quoted("nowhere".getBytes(StandardCharsets.UTF_8))));
        assertEquals(1, faults.size(), faults.toString());
        assertEquals("checkout.yaml", faults.getFirst().file());
        assertEquals(SECTIONS_LINE, faults.getFirst().line());
    }

    @TestFactory
    Stream<DynamicTest> noValueIsTooHostile() {
        return HostileTexts.values().entrySet().stream()
                .map(value -> DynamicTest.dynamicTest(
                        value.getKey(),
                        () -> assertTrue(
                                !faults(policy(quoted(value.getValue()))).isEmpty())));
    }

    @TestFactory
    Stream<DynamicTest> noFileIsTooHostile() {
        return HostileTexts.values().entrySet().stream()
                .map(value -> DynamicTest.dynamicTest(
                        value.getKey(),
                        () -> assertTrue(!faults(value.getValue()).isEmpty())));
    }

    @Test
    void aFileThatIsTooLargeIsToldAndTheOthersAreRead() throws IOException {
        Files.write(folder.resolve("large.yaml"), new byte[(1 << 20) + 1]);
        var faults = faults(policy("nowhere".getBytes(StandardCharsets.UTF_8)));
        assertEquals(
                List.of("checkout.yaml", "large.yaml"),
                faults.stream().map(Fault::file).toList());
    }

    private List<Fault> faults(byte[] file) throws IOException {
        Files.write(folder.resolve("checkout.yaml"), file);
        return faults();
    }

    /** By the reader, which has to say the same each time, and the same as the service. */
    private List<Fault> faults() {
        var content = new ConfigurationFolder(folder);
        var reader = reader();
        var once = read(reader, content);
        assertEquals(once, read(reader, content));
        var own = new Faults();
        parse(content, own);
        assertEquals(own.list(), once);
        return once;
    }

    private static List<Fault> read(SectionReader reader, ConfigurationFolder content) {
        var faults = new Faults();
        reader.read(content.read(faults), faults);
        return faults.list();
    }

    private SectionReader reader() {
        var found = ServiceLoader.load(SectionReader.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(reader -> reader.service().equals(service()))
                .toList();
        assertEquals(1, found.size(), "readers of " + service());
        return found.getFirst();
    }

    private static byte[] quoted(byte[] value) {
        return ("'" + new String(value, StandardCharsets.ISO_8859_1).replace("'", "''") + "'")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private byte[] policy(byte[] value) {
        var text = POLICY
                + String.join(
                        "",
                        sections(new String(value, StandardCharsets.ISO_8859_1)).stream()
                                .map(line -> "  " + line + "\n")
                                .toList());
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
