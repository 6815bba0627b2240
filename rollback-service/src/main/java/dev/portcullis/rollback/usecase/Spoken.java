package dev.portcullis.rollback.usecase;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people say them, for the detail of a rollback. */
final class Spoken {
    private Spoken() {}

    /** 15m, 1m30s, 0.5s. */
    static String duration(Duration duration) {
        return duration.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
    }

    /** never, once, 2 times. */
    static String times(int count) {
        return switch (count) {
            case 0 -> "never";
            case 1 -> "once";
            default -> count + " times";
        };
    }
}
