package dev.portcullis.benchmarks.calibration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A page in which places are marked for figures: {@code <!-- figures: T1 -->} to {@code <!-- end of figures -->}. What stands between is replaced, the words around stay.
 *
 * @param file in Markdown
 */
record Document(Path file) {
    private static final String END = "<!-- end of figures -->";

    /**
     * Writes figures to their places.
     *
     * @param figures Markdown by the name of the place
     * @throws IllegalArgumentException naming the place that is not in the page; then nothing is written
     */
    void write(Map<String, String> figures) throws IOException {
        var text = Files.readString(file);
        for (var each : figures.entrySet()) {
            text = replaced(text, each.getKey(), each.getValue());
        }
        Files.writeString(file, text);
    }

    private String replaced(String text, String name, String figures) {
        var begin = "<!-- figures: " + name + " -->";
        var from = text.indexOf(begin);
        var to = text.indexOf(END, Math.max(from, 0));
        if (from < 0 || to < 0) {
            throw new IllegalArgumentException(
                    file + " has no place for the figures " + name + ": add the lines " + begin + " and " + END);
        }
        return text.substring(0, from + begin.length()) + "\n" + figures + "\n" + text.substring(to);
    }
}
