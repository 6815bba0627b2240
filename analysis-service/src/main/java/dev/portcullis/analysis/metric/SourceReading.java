package dev.portcullis.analysis.metric;

import java.util.List;
import java.util.stream.Stream;

/** What one source gave to one query. */
public sealed interface SourceReading {
    /** Both together, where a source has to be asked twice for what one query means; nothing can be used when one of them could not be read. */
    default SourceReading with(SourceReading more) {
        return this instanceof Series some && more instanceof Series others
                ? some.plus(others)
                : this instanceof Unreachable ? this : more;
    }

    /**
     * The source answered.
     *
     * @param samples the series meant, maybe none
     * @param missing what could not be read although it should be there, one line each, without secrets
     * @param unread pods that could not be read, now or not long ago
     */
    record Series(List<Sample> samples, List<String> missing, List<UnreadPod> unread) implements SourceReading {
        /** A reading of a source that does not read pods one by one. */
        public Series(List<Sample> samples, List<String> missing) {
            this(samples, missing, List.of());
        }

        public Series {
            unread = List.copyOf(unread);
            samples = List.copyOf(samples);
            missing = List.copyOf(missing);
        }

        private Series plus(Series more) {
            return new Series(both(samples, more.samples), both(missing, more.missing), both(unread, more.unread));
        }

        private static <T> List<T> both(List<T> some, List<T> more) {
            return more.isEmpty()
                    ? some
                    : Stream.concat(some.stream(), more.stream()).toList();
        }
    }

    /**
     * Nothing could be read.
     *
     * @param detail why, in one line, without secrets
     */
    record Unreachable(String detail) implements SourceReading {}
}
