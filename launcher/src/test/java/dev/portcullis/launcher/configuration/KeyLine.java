package dev.portcullis.launcher.configuration;

import java.util.Comparator;

/**
 * A line of a table of keys, without its last column.
 *
 * @param section the headings it stands under, as {@code DataSource / type: Prometheus}
 * @param path the key below {@code spec}
 * @param usual its default, or that there is none
 * @param legal its range; empty when there is nothing to say
 */
record KeyLine(String section, String path, String type, String usual, String legal) implements Comparable<KeyLine> {
    /** What stands in the column of defaults when a key may be missing and nothing takes its place. */
    static final String NONE = "none";

    private static final Comparator<KeyLine> ORDER =
            Comparator.comparing(KeyLine::section).thenComparing(KeyLine::path);

    /** What two lines of the same key have in common. */
    String key() {
        return section + ": " + path;
    }

    /** The line as the page has to have it, but for the last column. */
    String row() {
        return "| `%s` | %s | %s | %s | ... |".formatted(path, type, usual, legal);
    }

    @Override
    public int compareTo(KeyLine other) {
        return ORDER.compare(this, other);
    }
}
