package dev.portcullis.analysis.metric;

import java.util.List;

/** What one source gave in one reading. */
public sealed interface SourceReading {
    /**
     * The source answered.
     *
     * @param bySelector for each selector asked for, in order, the series it means
     * @param missing what could not be read although it should be there, one line each, without secrets
     */
    record Series(List<List<Sample>> bySelector, List<String> missing) implements SourceReading {
        public Series {
            bySelector = bySelector.stream().map(List::copyOf).toList();
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
