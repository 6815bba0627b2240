package dev.portcullis.kit.configuration;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The legal word somebody probably meant when writing an illegal one: the nearest within two edits. */
public final class Suggestion {
    private static final int MOST_EDITS = 2;

    private Suggestion() {}

    /** The words {@code " (did you mean 'objectives'?)"}, or nothing when no legal word is near. */
    public static String forWord(String given, Collection<String> legal) {
        return nearest(given, legal)
                .map(word -> " (did you mean '" + word + "'?)")
                .orElse("");
    }

    private static Optional<String> nearest(String given, Collection<String> legal) {
        return legal.stream()
                .filter(word -> Math.abs(word.length() - given.length()) <= MOST_EDITS)
                .filter(word -> isNear(given, word))
                .min(Comparator.comparingInt(word -> edits(given, word)));
    }

    /** Words of one or two letters are all two edits apart: one of their letters has to stay. */
    private static boolean isNear(String given, String word) {
        int edits = edits(given, word);
        return edits <= MOST_EDITS && edits < Math.max(given.length(), word.length());
    }

    /** Levenshtein distance, blind to upper and lower case. */
    private static int edits(String left, String right) {
        String from = left.toLowerCase(Locale.ROOT);
        String to = right.toLowerCase(Locale.ROOT);
        int[] above = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            above[column] = column;
        }
        for (int row = 1; row <= from.length(); row++) {
            above = nextRow(above, row, from.charAt(row - 1), to);
        }
        return above[to.length()];
    }

    private static int[] nextRow(int[] above, int row, char letter, String to) {
        int[] current = new int[above.length];
        current[0] = row;
        for (int column = 1; column < current.length; column++) {
            int replaced = above[column - 1] + (letter == to.charAt(column - 1) ? 0 : 1);
            current[column] = Math.min(replaced, 1 + Math.min(above[column], current[column - 1]));
        }
        return current;
    }
}
