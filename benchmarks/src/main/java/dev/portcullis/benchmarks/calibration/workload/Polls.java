package dev.portcullis.benchmarks.calibration.workload;

import dev.portcullis.analysis.evidence.ArmCounts;
import java.util.ArrayList;
import java.util.List;

/**
 * What was counted from poll to poll.
 *
 * @param counts of both arms, first poll first
 */
public record Polls(List<ArmCounts> counts) {
    /** Seconds between two polls. */
    public static final int SECONDS = 15;

    /** Polls of an hour. */
    public static final int HOUR = 3600 / SECONDS;

    /** Keeps its own copy. */
    public Polls {
        counts = List.copyOf(counts);
    }

    /** The sums of every {@code size} polls, as far as they are complete. */
    public List<ArmCounts> windows(int size) {
        if (size == 1) {
            return counts;
        }
        var windows = new ArrayList<ArmCounts>(counts.size() / size);
        for (var end = size; end <= counts.size(); end += size) {
            windows.add(counts.subList(end - size, end).stream().reduce(ArmCounts.NONE, ArmCounts::plus));
        }
        return windows;
    }
}
