package dev.portcullis.kit.transparency;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * A part of a log as it is served (C2SP tlog-tiles): up to {@value #WIDTH} hashes side by side, or the entries they are of.
 *
 * @param level 0 for the hashes of leaves, up to 63; empty for entries
 * @param index of the tile among those of its level, from 0
 * @param width how many it holds, 1 to {@value #WIDTH}
 */
public record Tile(OptionalInt level, long index, int width) {
    /** What a full tile holds. */
    public static final int WIDTH = 256;

    /** Levels of the tree that a tile covers. */
    static final int HEIGHT = 8;

    private static final int GROUP = 1000;
    private static final String ENTRIES = "entries";
    private static final Pattern FORM = Pattern.compile(
            "(?<level>[0-9]|[1-5][0-9]|6[0-3]|entries)/(?<index>(?:x[0-9]{3}/){0,5}[0-9]{3})(?:\\.p/(?<width>[1-9][0-9]{0,2}))?");

    /** The tile of a path behind {@code tile/}, e.g. "0/x001/234.p/5"; empty when there is no such path. */
    public static Optional<Tile> parse(String path) {
        var form = FORM.matcher(path);
        if (!form.matches()) {
            return Optional.empty();
        }
        var level = form.group("level");
        var width = form.group("width");
        var tile = new Tile(
                level.equals(ENTRIES) ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(level)),
                Long.parseLong(form.group("index").replace("x", "").replace("/", "")),
                width == null ? WIDTH : Integer.parseInt(width));
        // One tile has one path: neither "x000/001" nor ".p/256".
        return Optional.of(tile)
                .filter(found -> found.width <= WIDTH && found.path().equals(path));
    }

    /** Whether a tree of so many leaves has as many hashes or entries there. */
    public boolean isPartOf(long size) {
        // A level beyond the seventh needs more leaves than there can be.
        var above = HEIGHT * level.orElse(0);
        var there = above < Long.SIZE - 1 ? size >> above : 0;
        return index <= there / WIDTH && index * WIDTH + width <= there;
    }

    /** The path behind {@code tile/}. */
    public String path() {
        var path = new StringBuilder(String.format(Locale.ROOT, "%03d", index % GROUP));
        for (var left = index / GROUP; left > 0; left /= GROUP) {
            path.insert(0, String.format(Locale.ROOT, "x%03d/", left % GROUP));
        }
        path.insert(0, (level.isPresent() ? String.valueOf(level.getAsInt()) : ENTRIES) + "/");
        return width == WIDTH
                ? path.toString()
                : path.append(".p/").append(width).toString();
    }
}
