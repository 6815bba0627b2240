package dev.portcullis.analysis.metric;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Readings in a row at which a source knew of a pod and could not read it, by its own page. A pod that was read in between has several.
 *
 * @param labels what is known of it, {@code instance} among them; the label that tells its arm may be missing
 * @param why it could not be read, in one line without secrets that names it
 * @param since the first of the readings in a row that failed
 * @param back the reading from which on it could be read again; null while it cannot
 */
public record UnreadPod(
        Map<String, String> labels,
        String why,
        Instant since,
        @Nullable Instant back) {
    /** Keeps its own copy. */
    public UnreadPod {
        labels = Map.copyOf(labels);
    }

    /** The same, when it can be read again. */
    public UnreadPod backAt(Instant moment) {
        return new UnreadPod(labels, why, since, moment);
    }
}
