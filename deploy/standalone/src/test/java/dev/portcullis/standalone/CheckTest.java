package dev.portcullis.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckTest {
    private static final Pattern YAML = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();

    @Test
    void theReadmesConfigurationHasNoFault() throws Exception {
        put("checkout.yaml", readme());
        assertEquals(0, check());
        assertEquals("2 documents, 1 policy: no fault\n", out.toString());
    }

    @Test
    void faultsOfEveryServicesSectionAreToldWithFileAndLine() throws Exception {
        var faulty = readme().replace("type: Prometheus", "type: Promtheus")
                .replace("severity: critical", "severity: critcal")
                .replace("target: webhook", "target: webhok");
        put("checkout.yaml", faulty);
        assertEquals(1, check());
        var told = out.toString();
        assertTrue(told.contains("did you mean 'Prometheus'"), told);
        assertTrue(told.contains("did you mean 'critical'"), told);
        assertTrue(told.contains("webhok"), told);
        told.lines()
                .filter(line -> !line.endsWith("faults"))
                .forEach(line -> assertTrue(line.matches("checkout\\.yaml:[1-9][0-9]*: .*"), line));
    }

    @Test
    void anEmptyFolderIsLegalAndAMissingOneIsNamed() {
        assertEquals(0, check());
        assertEquals("0 documents, 0 policies: no fault\n", out.toString());
        assertEquals(1, check(folder.resolve("nowhere")));
        assertTrue(out.toString().contains(folder.resolve("nowhere").toString()), out.toString());
    }

    @Test
    void aWrongWordEndsWithTwo() {
        assertEquals(
                2, Portcullis.commandLine().setErr(new PrintWriter(out, true)).execute("chek"));
    }

    private int check() {
        return check(folder);
    }

    private int check(Path of) {
        return Portcullis.commandLine().setOut(new PrintWriter(out, true)).execute("check", of.toString());
    }

    private void put(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private static String readme() throws IOException {
        var matcher = YAML.matcher(Files.readString(Path.of("../../README.md")));
        assertTrue(matcher.find(), "the README has a yaml block");
        return matcher.group(1);
    }
}
