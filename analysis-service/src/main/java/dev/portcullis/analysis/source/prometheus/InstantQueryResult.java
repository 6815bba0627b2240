package dev.portcullis.analysis.source.prometheus;

import dev.portcullis.analysis.metric.Sample;
import java.util.List;

/** What an instant query gave. */
sealed interface InstantQueryResult {
    /** The whole result: an answer with warnings, in which series may be missing, is refused. */
    record Vector(List<Sample> samples) implements InstantQueryResult {
        public Vector {
            samples = List.copyOf(samples);
        }
    }

    /** No result that can be used, and why in one line. */
    record Refused(QueryFailure failure, String reason) implements InstantQueryResult {}
}
