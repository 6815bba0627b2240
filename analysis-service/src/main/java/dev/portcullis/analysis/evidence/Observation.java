package dev.portcullis.analysis.evidence;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What was seen of one objective in one window: its requests, cut into good and bad ones in one or several ways.
 *
 * <p>A ratio of good requests has one cut. A latency has one per bucket boundary, fastest first, and the bad requests of a
 * cut are those slower than its boundary; so all cuts have the same totals, and none has fewer bad requests than the next.
 *
 * @param cuts one or more
 */
public record Observation(List<ArmCounts> cuts) {
    /**
     * Refuses an observation without a cut.
     *
     * @throws InvalidCountsException naming {@code cuts}
     */
    public Observation {
        cuts = List.copyOf(cuts);
        if (cuts.isEmpty()) {
            throw new InvalidCountsException("cuts", cuts, "one or more");
        }
    }

    /** An observation with one cut. */
    public static Observation of(ArmCounts counts) {
        return new Observation(List.of(counts));
    }

    /** Nothing seen, in so many cuts. */
    public static Observation nothing(int cuts) {
        return new Observation(Collections.nCopies(cuts, ArmCounts.NONE));
    }

    /** The counts of one cut, from 0. */
    public ArmCounts at(int cut) {
        return cuts.get(cut);
    }

    /**
     * Both together.
     *
     * @throws IllegalArgumentException when they are cut in different numbers of ways
     */
    public Observation plus(Observation other) {
        if (cuts.size() != other.cuts.size()) {
            throw new IllegalArgumentException(cuts.size() + " cuts and " + other.cuts.size() + " do not add up");
        }
        return new Observation(IntStream.range(0, cuts.size())
                .mapToObj(i -> at(i).plus(other.at(i)))
                .toList());
    }
}
