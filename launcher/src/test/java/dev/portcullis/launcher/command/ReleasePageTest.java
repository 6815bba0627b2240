package dev.portcullis.launcher.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/release-command.md} against the commands. */
final class ReleasePageTest {
    private static final Path PAGE = Path.of("../docs/release-command.md");
    private static final Pattern SHOWN = Pattern.compile("^ {4}\\./portcullis release (.+)$", Pattern.MULTILINE);
    private static final Pattern OPTION = Pattern.compile("--[a-z]+(?:-[a-z]+)*");

    @Test
    void everyCommandAndOptionIsOnThePageAndNoOther() throws IOException {
        var page = Files.readString(PAGE);
        var commands = RootCommand.commandLine().getSubcommands().get("release").getSubcommands();
        var options = new TreeSet<String>();
        commands.forEach((name, command) -> {
            assertTrue(page.contains("`" + name), name);
            command.getCommandSpec().options().forEach(option -> options.add(option.longestName()));
        });
        options.remove("--help");
        assertEquals(
                options,
                OPTION.matcher(page).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void everyCommandShownIsLegal() throws IOException {
        var shown = SHOWN.matcher(Files.readString(PAGE))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertEquals(11, shown.size());
        for (var line : shown) {
            var words = Pattern.compile("'([^']*)'|(\\S+)")
                    .matcher("release " + line)
                    .results()
                    .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
                    .toArray(String[]::new);
            assertTrue(RootCommand.commandLine().parseArgs(words).errors().isEmpty(), line);
        }
    }
}
