package dev.portcullis.analysis.metric;

import java.util.List;

/** What one source gave to one query. */
public sealed interface SourceReading {
    /**
     * The source answered.
     *
     * @param samples the series meant, maybe none
     * @param missing what could not be read although it should be there, one line each, without secrets
     * @param unread pods that could not be read, now or not long ago
     */
    record Series(List<Sample> samples, List<String> missing, List<UnreadPod> unread) implements SourceReading {
        /** Of a source that does not read pods one by one. */
        public Series(List<Sample> samples, List<String> missing) {
            this(samples, missing, List.of());
        }

        public Series {
            unread = List.copyOf(unread);
            samples = List.copyOf(samples);
            missing = List.copyOf(missing);
        }
    }

    /**
     * Nothing could be read.
     *
     * @param detail why, in one line, without secrets
     */
    record Unreachable(String detail) implements SourceReading {}
}
