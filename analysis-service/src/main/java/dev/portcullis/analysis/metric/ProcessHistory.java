package dev.portcullis.analysis.metric;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What earlier readings of a pod told of the process that answers for it.
 *
 * @param readMillis when it was read last, in milliseconds since 1970
 * @param earlier what its total was at the readings before the last one, latest first; a few
 * @param ceiling what its total was before the last fall that no start time explains; 0 when there was none, or it has grown beyond since
 * @param calm readings since that fall, {@link #FEW} at most; {@link #NEVER} when one was doubted, after which no other is believed
 * @param doubtful readings in a row that still have to fit one process before the pod is counted again; 0 when it is counted
 * @param why it is not counted; empty when it is
 */
public record ProcessHistory(
        long readMillis, List<Double> earlier, double ceiling, int calm, int doubtful, String why) {
    /** So many readings in a row have to fit one process after some did not; and within so many only one fall is a restart. */
    static final int FEW = 10;

    private static final int NEVER = -1;
    private static final int KEPT = 4;
    private static final int MILLIS = 1000;

    /** Of a pod that is seen for the first time. */
    static final ProcessHistory NONE = new ProcessHistory(0, List.of(), 0, FEW, 0, "");

    /** Keeps its own copy. */
    public ProcessHistory {
        earlier = List.copyOf(earlier);
    }

    /** Of a pod as it was read last. */
    static ProcessHistory of(PodCounters last) {
        ProcessHistory history = last.history();
        return history == null ? NONE : history;
    }

    /** The beginning: one reading. */
    static ProcessHistory begin(Instant now) {
        return new ProcessHistory(now.toEpochMilli(), List.of(), 0, FEW, 0, "");
    }

    /** After a reading that fits the one before. */
    ProcessHistory fitting(double lastTotal, Instant now) {
        int left = Math.max(0, doubtful - 1);
        return new ProcessHistory(
                now.toEpochMilli(),
                with(lastTotal),
                lastTotal < ceiling ? ceiling : 0,
                calm == NEVER ? NEVER : Math.min(FEW, calm + 1),
                left,
                left == 0 ? "" : why);
    }

    /** After a fall that is taken for a restart, though nothing but the values tells. */
    ProcessHistory restarted(double lastTotal, Instant now) {
        return new ProcessHistory(now.toEpochMilli(), with(lastTotal), Math.max(ceiling, lastTotal), 0, doubtful, why);
    }

    /** After a reading that no single process explains. */
    ProcessHistory doubting(double lastTotal, String reason, Instant now) {
        return new ProcessHistory(
                now.toEpochMilli(), with(lastTotal), Math.max(ceiling, lastTotal), NEVER, FEW, reason);
    }

    private List<Double> with(double total) {
        return Stream.concat(Stream.of(total), earlier.stream()).limit(KEPT).toList();
    }

    /** Whether a total is that of a reading or two ago, as a replica has it that is scraped later: with less than it usually grows by, twice. */
    boolean isBehind(double lastTotal, double total) {
        if (total >= lastTotal || doubtful > 0 || calm < FEW || earlier.size() < KEPT - 1) {
            return false;
        }
        List<Double> totals =
                Stream.concat(Stream.of(lastTotal), earlier.stream()).toList();
        List<Double> steps = IntStream.range(1, totals.size())
                .mapToObj(i -> totals.get(i - 1) - totals.get(i))
                .sorted()
                .toList();
        return lastTotal - total <= 2 * steps.get(steps.size() / 2);
    }

    /** Whether a fall was doubted before. */
    boolean distrusted() {
        return calm == NEVER;
    }

    /** Whether a process started then, in seconds since 1970, was there for long while another one was still read. */
    boolean overlaps(double start, double slack) {
        return readMillis > 0 && start + slack < (double) readMillis / MILLIS;
    }
}
