package dev.portcullis.analysis.metric;

import java.util.List;

/** What one source gave to one query. */
public sealed interface SourceReading {
    /**
     * The source answered.
     *
     * @param samples the series meant, maybe none
     * @param missing what could not be read although it should be there, one line each, without secrets
     */
    record Series(List<Sample> samples, List<String> missing) implements SourceReading {
        public Series {
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
