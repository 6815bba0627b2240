package dev.portcullis.launcher.drill;

import com.google.protobuf.Timestamp;
import dev.portcullis.kit.rpc.ProtoTimes;
import java.time.Duration;
import java.util.Locale;

/** Times of the wire as lengths for people. */
final class ElapsedText {
    private static final double MILLIS = 1_000;

    private ElapsedText() {}

    static Duration between(Timestamp start, Timestamp end) {
        return Duration.between(ProtoTimes.instant(start), ProtoTimes.instant(end));
    }

    /** In a column: "3.2 s". */
    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / MILLIS);
    }
}
