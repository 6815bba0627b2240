package dev.portcullis.kit.rpc;

import com.google.protobuf.Timestamp;
import java.time.Duration;
import java.time.Instant;

/** Times as messages and back, to the nanosecond. Stateless. */
public final class ProtoTimes {
    private static final int NANOS_PER_SECOND = 1_000_000_000;

    private ProtoTimes() {}

    /** A time as a message. */
    public static Timestamp timestamp(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }

    /** A duration as a message; both parts have its sign, as the message's definition wants it. */
    public static com.google.protobuf.Duration duration(Duration duration) {
        var seconds = duration.toSeconds();
        var nanos = duration.getNano();
        if (seconds < 0 && nanos > 0) {
            seconds++;
            nanos -= NANOS_PER_SECOND;
        }
        return com.google.protobuf.Duration.newBuilder()
                .setSeconds(seconds)
                .setNanos(nanos)
                .build();
    }

    /**
     * A message as a time.
     *
     * @throws java.time.DateTimeException when it is beyond what {@link Instant} can say
     */
    public static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }

    /**
     * A message as a duration.
     *
     * @throws ArithmeticException when it is beyond what {@link Duration} can say
     */
    public static Duration duration(com.google.protobuf.Duration duration) {
        return Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
    }
}
