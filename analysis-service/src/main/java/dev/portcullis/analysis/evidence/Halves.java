package dev.portcullis.analysis.evidence;

import java.util.Map;
import java.util.TreeMap;

/**
 * The requests of one arm in one window, told apart by two halves of its pods. Pods that are alike should share the errors by their
 * requests; how far they are from that tells how errors come in groups, whatever the rate does.
 *
 * @param first one half of the pods
 * @param second the other half
 */
public record Halves(Counts first, Counts second) {
    /** Every other pod, in the order of their names. */
    public static Halves of(Map<String, Counts> pods) {
        Counts first = Counts.NONE;
        Counts second = Counts.NONE;
        boolean even = true;
        for (Counts pod : new TreeMap<>(pods).values()) {
            if (even) {
                first = first.plus(pod);
            } else {
                second = second.plus(pod);
            }
            even = !even;
        }
        return new Halves(first, second);
    }

    /** Both together. */
    public Counts both() {
        return first.plus(second);
    }

    /** Half by half with those of another window. */
    public Halves plus(Halves other) {
        return new Halves(first.plus(other.first), second.plus(other.second));
    }
}
