package dev.portcullis.gate.console.overview;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What is other in one text than in another, line by line. Stateless. */
public final class TextDifference {
    /** Longer ones are shown as wholly other: the time and memory it takes grow with the product of both. */
    private static final int MOST_LINES = 1_500;

    private TextDifference() {}

    /**
     * A line.
     *
     * @param mark "+" of a line that is new, "-" of one that is gone, a space of one that both have
     */
    public record Line(String mark, String text) {}

    /** All lines of both; empty when the texts are equal. */
    public static List<Line> of(String before, String after) {
        if (before.equals(after)) {
            return List.of();
        }
        var old = before.lines().toList();
        var fresh = after.lines().toList();
        return old.size() > MOST_LINES || fresh.size() > MOST_LINES ? replaced(old, fresh) : compared(old, fresh);
    }

    private static List<Line> replaced(List<String> old, List<String> fresh) {
        List<Line> lines = new ArrayList<>();
        old.forEach(line -> lines.add(new Line("-", line)));
        fresh.forEach(line -> lines.add(new Line("+", line)));
        return lines;
    }

    /** By the longest sequence of lines that both have. */
    private static List<Line> compared(List<String> old, List<String> fresh) {
        var common = common(old, fresh);
        List<Line> lines = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < old.size() || j < fresh.size()) {
            if (i < old.size() && j < fresh.size() && old.get(i).equals(fresh.get(j))) {
                lines.add(new Line(" ", old.get(i)));
                i++;
                j++;
            } else if (j == fresh.size() || i < old.size() && common[i + 1][j] >= common[i][j + 1]) {
                lines.add(new Line("-", old.get(i++)));
            } else {
                lines.add(new Line("+", fresh.get(j++)));
            }
        }
        return Collections.unmodifiableList(lines);
    }

    /** How many lines the rests of both have in common, by where the rests begin. */
    private static int[][] common(List<String> old, List<String> fresh) {
        var common = new int[old.size() + 1][fresh.size() + 1];
        for (int i = old.size() - 1; i >= 0; i--) {
            for (int j = fresh.size() - 1; j >= 0; j--) {
                common[i][j] = old.get(i).equals(fresh.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }
}
