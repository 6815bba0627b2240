package dev.portcullis.gate.console;

import java.util.Map;
import java.util.Objects;

/** The icons of the console as paths of SVG, drawn on 16 by 16 with lines of 1.75. */
public final class Icon {
    private static final Map<String, String> PATHS = Map.ofEntries(
            Map.entry("promote", "M3 8.5 6.5 12 13 4.5"),
            Map.entry("hold", "M5.5 3.5v9M10.5 3.5v9"),
            Map.entry("abort", "M4 4l8 8M12 4l-8 8"),
            Map.entry("clock", "M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2M8 5v3.2l2.2 1.4"),
            Map.entry("skip", "M3.5 4 8 8l-4.5 4M8.5 4 13 8l-4.5 4"),
            Map.entry("resume", "M5 3.5v9L12.5 8z"),
            Map.entry(
                    "approve",
                    "M6 2.8a2.4 2.4 0 1 0 0 4.8 2.4 2.4 0 0 0 0-4.8M1.8 13.2c.3-2.6 2-4 4.2-4s3.9 1.4 4.2 4M10.8 7.2l1.5 1.5 2.4-3"),
            Map.entry("retry", "M3 8a5 5 0 1 0 1.6-3.7M4.4 1.8v2.7h2.7"),
            Map.entry("undo", "M5.5 3 2.5 6l3 3M2.5 6h6.5a3.75 3.75 0 1 1 0 7.5H6"),
            Map.entry("open", "M8 3.2v9.6M3.2 8h9.6"),
            Map.entry(
                    "person",
                    "M8 2.5a2.6 2.6 0 1 0 0 5.2 2.6 2.6 0 0 0 0-5.2M3 13.5c.4-2.8 2.4-4.2 5-4.2s4.6 1.4 5 4.2"),
            Map.entry("alert", "M8 2.2 14.3 13.2H1.7zM8 6.5v3.2M8 11.5v.1"),
            Map.entry("snow", "M8 1.8v12.4M2.6 4.9l10.8 6.2M13.4 4.9 2.6 11.1"),
            Map.entry("search", "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9M10.3 10.3 13.8 13.8"),
            Map.entry("next", "M6 3.5 10.5 8 6 12.5"),
            Map.entry("gate", "M2.5 13.8V6.5a5.5 5.5 0 0 1 11 0v7.3M6 4v9.8M10 4v9.8M2.5 9h11"));

    private Icon() {}

    /** The path of an icon. */
    public static String path(String name) {
        return Objects.requireNonNull(PATHS.get(name), name);
    }
}
