package dev.portcullis.launcher.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.launcher.Readme;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** What is the same for all commands: the folder, wrong words, the forms of output, completion. */
final class CommandLineTest {
    private static final String FAULTY = "apiVersion: openslo/v2\n";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private CommandLine commandLine() {
        return RootCommand.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    }

    private int run(String... arguments) {
        return commandLine().execute(arguments);
    }

    private void put(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    @ParameterizedTest
    @CsvSource({"check", "rules"})
    void theFolderIsToldWithAnOptionOrWithout(String command) throws IOException {
        put("a.yaml", FAULTY);
        for (var arguments :
                List.of(List.of(command, "--config", folder.toString()), List.of(command, folder.toString()))) {
            assertEquals(1, run(arguments.toArray(String[]::new)), arguments::toString);
            assertTrue((out + "" + err).contains("a.yaml:1: "), () -> out + "" + err);
            out.getBuffer().setLength(0);
            err.getBuffer().setLength(0);
        }
    }

    @Test
    void outputThatIsLostIsNoSuccess() {
        var full = new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        for (var arguments :
                List.of(List.of("check", folder.toString()), List.of("completion", "bash"), List.of("help"))) {
            err.getBuffer().setLength(0);
            var lost = commandLine()
                    .setOut(new PrintWriter(full, false, StandardCharsets.UTF_8))
                    .execute(arguments.toArray(String[]::new));
            assertEquals(74, lost, arguments::toString);
            assertEquals("the output could not be written", err.toString().strip());
        }
    }

    @Test
    void aFolderThatIsToldTwiceIsRefused() {
        assertEquals(2, run("check", "here", "--config", "there"));
        assertTrue(
                err.toString().startsWith("'here' and --config there are both given; legal: one of them"),
                err::toString);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    chek                     | there is no command 'chek' (did you mean 'check'?); legal: demo, init, up,
                    docter                   | there is no command 'docter' (did you mean 'doctor'?); legal: demo,
                    help docter              | there is no command 'docter' (did you mean 'doctor'?); legal: demo,
                    check --lve              | there is no option '--lve' (did you mean '--live'?)
                    check --output yaml      | --output is 'yaml'; legal: text, json
                    check here there         | 'there' is one word too many
                    check --config=          | --config is ''; legal: the path of a folder
                    up --data=               | --data is ''; legal: the path of a folder
                    check --live --live      | --live is given twice; legal: once
                    check --rps              | --rps is given without its value; legal: --rps N
                    check --rps many         | --rps is 'many'; legal: a number
                    check --baseline-rps 5   | --rps is missing
                    rules --label app        | --label is 'app'; legal: KEY=VALUE
                    completion fish          | SHELL is 'fish'; legal: bash, zsh
                    drill --dry-run          | SERVICE is missing
                    drill checkout           | --dry-run or --staging is missing
                    init --service 5xx       | --service is '5xx'; legal: a letter, then up to 62 letters, digits, '.', '_' and '-'
                    init --preset isto       | --preset is 'isto' (did you mean 'istio'?); legal: envoy, istio,
                    """)
    void aWrongWordIsToldWithTheRightOne(String arguments, String told) {
        assertEquals(2, run(arguments.split(" ")));
        assertTrue(err.toString().startsWith(told), err::toString);
        assertTrue(err.toString().contains("See: ./portcullis"), err::toString);
    }

    @Test
    void helpIsACommandAndAnOption() {
        assertEquals(0, run("help"));
        RootCommand.commandLine()
                .getSubcommands()
                .keySet()
                .forEach(command -> assertTrue(out.toString().contains("  " + command + " "), command));
        for (var arguments : List.of(List.of("help", "check"), List.of("check", "--help"), List.of("check", "-h"))) {
            out.getBuffer().setLength(0);
            assertEquals(0, run(arguments.toArray(String[]::new)), arguments::toString);
            assertTrue(out.toString().startsWith("Usage: portcullis check [-h]"), out::toString);
        }
        assertEquals("", err.toString());
    }

    @Test
    void theVersionIsToldWithCommitAndJava() {
        assertEquals(0, run("--version"));
        assertTrue(
                out.toString()
                        .matches("portcullis [0-9.]+ \\(commit (unknown|[0-9a-f]{7,40}(-dirty)?), Java 25[^)]*\\)\\s*"),
                out::toString);
    }

    @Test
    void withoutACommandAllAreNamed() {
        assertEquals(2, run());
        assertTrue(err.toString().startsWith("a command is missing; legal: demo, init, up, "), err::toString);
        RootCommand.commandLine()
                .getSubcommands()
                .keySet()
                .forEach(command -> assertTrue(err.toString().contains(command), command));
    }

    @Test
    void theFaultsOfAFolderAreOneJsonObject() throws IOException {
        put("a.yaml", FAULTY);
        assertEquals(1, run("check", folder.toString(), "--live", "--output", "json"));
        var report = new ObjectMapper().readTree(out.toString());
        assertFalse(report.get("ok").asBoolean());
        assertEquals(0, report.get("documents").asInt());
        assertEquals("a.yaml", report.get("faults").get(0).get("file").asText());
        assertEquals(1, report.get("faults").get(0).get("line").asInt());
        assertTrue(
                report.get("faults").get(0).get("message").asText().startsWith("apiVersion is 'openslo/v2'"),
                out::toString);
        assertTrue(report.get("live").isNull(), "with faults no source is asked");
    }

    @Test
    void whatPoliciesCanDetectIsInTheJsonObject() throws Exception {
        put("checkout.yaml", Readme.writtenOut());
        assertEquals(0, run("check", folder.toString(), "--rps", "50", "--output", "json"));
        var report = new ObjectMapper().readTree(out.toString());
        assertTrue(report.get("ok").asBoolean());
        assertEquals(1, report.get("policies").asInt());
        assertEquals("checkout", report.get("detection").get(0).get("service").asText());
        assertTrue(report.get("detection").get(0).get("text").size() > 1, out::toString);
    }

    @Test
    void coloursAreThereOnlyWhereTheyAreWanted() throws IOException {
        put("a.yaml", FAULTY);
        commandLine()
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .execute("check", folder.toString());
        assertTrue(out.toString().startsWith("a.yaml:1: apiVersion is"), out::toString);
        out.getBuffer().setLength(0);
        commandLine()
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.ON))
                .execute("check", folder.toString());
        assertTrue(out.toString().startsWith("\u001b[31ma.yaml:1:\u001b["), out::toString);
        out.getBuffer().setLength(0);
        commandLine()
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.ON))
                .execute("check", folder.toString(), "--output", "json");
        assertFalse(out.toString().contains("\u001b"), out::toString);
    }

    @Test
    void aShellCompletesCommandsAndOptions() {
        assertEquals(0, run("completion", "bash"));
        assertTrue(out.toString().contains("complete -F _complete_portcullis -o default portcullis"), out::toString);
        assertTrue(out.toString().contains("--stable-budget"), "options of check");
        String bash = out.toString();
        out.getBuffer().setLength(0);
        assertEquals(0, run("completion", "zsh"));
        assertEquals("autoload -Uz compinit bashcompinit && compinit && bashcompinit\n" + bash, out.toString());
    }
}
