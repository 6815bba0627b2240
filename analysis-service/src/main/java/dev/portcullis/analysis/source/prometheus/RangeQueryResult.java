package dev.portcullis.analysis.source.prometheus;

import java.util.List;

/** What a range query gave. */
sealed interface RangeQueryResult {
    /** The whole result: an answer with warnings, in which series or points may be missing, is refused. */
    record Matrix(List<RangeSeries> tracks) implements RangeQueryResult {
        public Matrix {
            tracks = List.copyOf(tracks);
        }
    }

    /** No result that can be used, and why in one line. */
    record Refused(QueryFailure failure, String reason) implements RangeQueryResult {}
}
