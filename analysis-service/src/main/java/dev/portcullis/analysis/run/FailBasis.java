package dev.portcullis.analysis.run;

import java.util.List;

/**
 * What a FAIL rests on.
 *
 * @param votingWindows windows with requests of the canary
 * @param oneWindowSuffices whether a single one of them would have reached the FAIL threshold
 * @param bounds how bad the canary is, by objective in the order of the plan
 */
public record FailBasis(int votingWindows, boolean oneWindowSuffices, List<ObjectiveBounds> bounds) {
    /** Keeps its own copy. */
    public FailBasis {
        bounds = List.copyOf(bounds);
    }
}
