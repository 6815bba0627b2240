package dev.portcullis.standalone.drill;

import com.google.protobuf.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Times of the wire as lengths for people. */
final class Elapsed {
    private static final double MILLIS = 1_000;

    private Elapsed() {}

    static Duration between(Timestamp start, Timestamp end) {
        return Duration.between(instant(start), instant(end));
    }

    private static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }

    static Duration of(com.google.protobuf.Duration duration) {
        return Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
    }

    /** "3.2 s". */
    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / MILLIS);
    }

    /** What a policy promises, without idle zeros: "60 s", "0.5 s". */
    static String promised(Duration duration) {
        var text = String.format(Locale.ROOT, "%.3f", duration.toMillis() / MILLIS);
        return text.replaceFirst("\\.?0+$", "") + " s";
    }
}
