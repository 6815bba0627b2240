package dev.portcullis.launcher.configuration;

import dev.portcullis.kit.testing.Page;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** docs/configuration.md: its tables and its examples. */
final class ConfigurationPage {
    /** The section of the environment variables. */
    static final String ENVIRONMENT = "Environment variables";

    private static final Pattern CELLS = Pattern.compile(" *(?<!\\\\)\\| *");
    private static final Pattern LINK = Pattern.compile("\\[([^]]*)]\\([^)]*\\)");
    private static final int COLUMNS = 5;

    private final Page page;

    private ConfigurationPage(Page page) {
        this.page = page;
    }

    static ConfigurationPage read() {
        return new ConfigurationPage(Page.of("docs/configuration.md"));
    }

    /** The example with this line in it. */
    String example(String line) {
        return page.blocks("yaml").stream()
                .filter(block -> block.lines().anyMatch(found -> found.strip().startsWith(line)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("docs/configuration.md has no yaml block with " + line));
    }

    /** The lines of all tables of keys; every cell of a line is filled but that of the range. */
    List<KeyLine> keys() {
        return List.copyOf(table().keySet());
    }

    /** The last column, by key. */
    Map<String, String> sentences() {
        Map<String, String> sentences = new TreeMap<>();
        table().forEach((line, sentence) -> sentences.put(line.key(), sentence));
        return sentences;
    }

    private Map<KeyLine, String> table() {
        Map<KeyLine, String> lines = new LinkedHashMap<>();
        var heading = "";
        var alternative = "";
        for (var line : page.text().lines().toList()) {
            if (line.startsWith("## ")) {
                heading = line.substring(3);
                alternative = "";
            } else if (line.startsWith("### ")) {
                alternative = plain(line.substring(4));
            } else if (line.startsWith("| `") && !heading.equals(ENVIRONMENT)) {
                add(lines, alternative.isEmpty() ? heading : heading + " / " + alternative, line);
            }
        }
        return lines;
    }

    private static void add(Map<KeyLine, String> lines, String section, String line) {
        var cells = cells(line);
        if (cells.size() != COLUMNS || cells.getLast().isEmpty()) {
            throw new AssertionError("not five columns with the last one filled: " + line);
        }
        var key = new KeyLine(section, cells.get(0), cells.get(1), cells.get(2), cells.get(3));
        if (lines.put(key, LINK.matcher(cells.getLast()).replaceAll("$1")) != null) {
            throw new AssertionError("twice on the page: " + line);
        }
    }

    /** The variables with their defaults. */
    Map<String, String> environment() {
        Map<String, String> defaults = new TreeMap<>();
        page.text()
                .substring(page.text().indexOf("## " + ENVIRONMENT))
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(ConfigurationPage::cells)
                .forEach(cells -> defaults.put(cells.get(0), cells.get(1)));
        return defaults;
    }

    private static List<String> cells(String line) {
        return Arrays.stream(CELLS.split(line.substring(1, line.lastIndexOf('|'))))
                .map(ConfigurationPage::plain)
                .toList();
    }

    private static String plain(String cell) {
        return cell.replace("`", "").replace("\\|", "|").strip();
    }
}
