package dev.portcullis.launcher.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.kit.testing.Page;
import dev.portcullis.launcher.Readme;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/detectability.md shows what the command prints for the README's configuration. */
final class DetectabilityPageTest {
    private static final Pattern OUTPUT =
            Pattern.compile("\\$ \\./portcullis (check config [^\\n]*)\\n(.*)", Pattern.DOTALL);
    private static final Pattern ROW = Pattern.compile("\\| ([0-9]+) \\|.*");
    private static final Pattern GAP = Pattern.compile(" {2,}");

    @TempDir
    Path folder;

    @Test
    void everyOutputOnThePageIsThatOfTheCommand() throws Exception {
        var outputs = page().blocks("text").stream()
                .map(OUTPUT::matcher)
                .filter(Matcher::matches)
                .toList();
        assertEquals(2, outputs.size());
        for (var shown : outputs) {
            assertEquals(shown.group(2), run(shown.group(1)));
        }
    }

    @Test
    void everyRowOfTheTableIsWhatTheCommandPrints() throws Exception {
        var rows = page().text()
                .lines()
                .filter(line -> ROW.matcher(line).matches())
                .toList();
        var rates = rows.stream().map(row -> row.split(" ")[1]).toList();
        assertEquals(List.of("1", "10", "50", "500", "5000"), rates);
        assertEquals(String.join("\n", rows), rates.stream().map(this::row).collect(Collectors.joining("\n")));
    }

    /** Ratio, aborted, times, promoted, times, undecided: the effects in the order of the command. */
    private String row(String rate) {
        var effects = run("check config --rps " + rate)
                .lines()
                .filter(line -> line.matches(" +[0-9.]+ % \\(.*"))
                .map(line -> GAP.split(line.strip()))
                .toList();
        var promoted = effects.subList(0, 2).stream().map(cells -> cell(cells[3], cells[4]));
        var aborted = effects.subList(2, effects.size()).stream().map(cells -> cell(cells[1], cells[2]));
        return Stream.concat(promoted, aborted).collect(Collectors.joining(" | ", "| " + rate + " | ", " |"));
    }

    private static String cell(String share, String times) {
        return times.equals("-") ? share : share + ": " + times;
    }

    private String run(String command) {
        var out = new StringWriter();
        var words = command.replace("config", folder.toString()).split(" ");
        assertEquals(
                0, RootCommand.commandLine().setOut(new PrintWriter(out, true)).execute(words));
        return out.toString();
    }

    private Page page() throws IOException {
        Files.writeString(folder.resolve("checkout.yaml"), Readme.writtenOut());
        return Page.of("docs/detectability.md");
    }
}
