package dev.portcullis.analysis.metric;

import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What earlier readings of a pod told of the process that answers for it.
 *
 * @param readMillis when it was read last, in milliseconds since 1970
 * @param earlier what its total was at the readings before the last one, latest first; a few
 * @param ceiling what its total was before the last fall that no start time explains; 0 when there was none, or it has grown beyond since. While a leap waits, what the total leapt to
 * @param calm readings since that fall, or since a later start time though nothing fell, {@link #FEW} at most; {@link #NEVER} when one was doubted, after which no other is believed
 * @param doubtful readings in a row that still have to fit one process before the pod is counted again; 0 when it is counted. While a leap waits, the readings since then, those without the pod among them
 * @param why it is not counted; empty when it is
 * @param rate by how many requests a second its known series grew in all, at the last reading
 * @param busiest the most that this was at any reading that was believed; 0 when nothing grew yet
 */
public record ProcessHistory(
        long readMillis,
        List<Double> earlier,
        double ceiling,
        int calm,
        int doubtful,
        String why,
        double rate,
        double busiest) {
    /** So many readings in a row have to fit one process after some did not; and within so many only one fall is a restart. */
    public static final int FEW = 10;

    /** No pod serves more requests a second. */
    public static final double FASTEST = 1_000_000;

    /** So many times as many requests a second as ever seen of a pod are believed at once, as when all traffic goes over to it. */
    public static final double SPEEDUP = 100;

    /** So many requests a second are believed of every pod. */
    public static final double BELIEVED = 1_000;

    /** A rate like the one of the reading before is believed, whatever came before that. */
    private static final double LIKE = 2;

    private static final int NEVER = -1;
    private static final int KEPT = 4;
    private static final double MILLIS = 1000;

    /** Two readings are taken to be so many seconds apart at least: what comes in bursts is no leap. */
    private static final double SHORTEST = 1;

    /** Of a pod that is seen for the first time. */
    static final ProcessHistory NONE = new ProcessHistory(0, List.of(), 0, FEW, 0, "", 0, 0);

    /** Keeps its own copy. */
    public ProcessHistory {
        earlier = List.copyOf(earlier);
    }

    /** Of a pod as it was read last. */
    public static ProcessHistory of(PodCounters last) {
        ProcessHistory history = last.history();
        return history == null ? NONE : history;
    }

    /** The beginning: one reading. */
    public static ProcessHistory begin(Instant now) {
        return new ProcessHistory(now.toEpochMilli(), List.of(), 0, FEW, 0, "", 0, 0);
    }

    /** After a leap to a total that counts once the next reading goes on from there. Everything else is as at the reading that was counted last. */
    public ProcessHistory waiting(double total, String reason) {
        return new ProcessHistory(readMillis, earlier, total, calm, 1, reason, rate, busiest);
    }

    /** Whether a leap waits; of a pod in doubt, falls are never believed again. */
    public boolean waits() {
        return doubtful > 0 && calm != NEVER;
    }

    /** After a reading that fits the one before, by which the known series grew at this rate, in requests a second. */
    public ProcessHistory fitting(double lastTotal, double grownBy, Instant now) {
        int left = waits() ? 0 : Math.max(0, doubtful - 1);
        return new ProcessHistory(
                now.toEpochMilli(),
                with(lastTotal),
                lastTotal < ceiling && !waits() ? ceiling : 0,
                calm == NEVER ? NEVER : Math.min(FEW, calm + 1),
                left,
                left == 0 ? "" : why,
                grownBy,
                believes(grownBy) ? Math.max(busiest, grownBy) : busiest);
    }

    /** After a fall that is taken for a restart, though nothing but the values tells. */
    public ProcessHistory restarted(double lastTotal, Instant now) {
        return new ProcessHistory(
                now.toEpochMilli(), with(lastTotal), Math.max(ceiling, lastTotal), 0, doubtful, why, 0, busiest);
    }

    /** After a fall of a process that says that it was started later. What was doubted before still is. */
    public ProcessHistory restartedLater(Instant now) {
        return new ProcessHistory(now.toEpochMilli(), List.of(), ceiling, calm, doubtful, why, 0, 0);
    }

    /** After a later start time though nothing fell. What was doubted before still is. */
    public ProcessHistory startMoved(Instant now) {
        int since = calm == NEVER ? NEVER : 0;
        return new ProcessHistory(now.toEpochMilli(), List.of(), ceiling, since, doubtful, why, rate, busiest);
    }

    /** After a reading without its pod, while a leap waits: it does so for {@link #FEW} readings. */
    public ProcessHistory absent() {
        return doubtful <= FEW
                ? new ProcessHistory(readMillis, earlier, ceiling, calm, doubtful + 1, why, rate, busiest)
                : new ProcessHistory(readMillis, earlier, 0, calm, 0, "", rate, busiest);
    }

    /** After a reading that no single process explains. */
    public ProcessHistory doubting(double lastTotal, String reason, double grownBy, Instant now) {
        return new ProcessHistory(
                now.toEpochMilli(),
                with(lastTotal),
                Math.max(ceiling, lastTotal),
                NEVER,
                FEW,
                reason,
                grownBy,
                busiest);
    }

    /** The seconds since it was read last. */
    public double secondsUntil(Instant now) {
        return Math.max(SHORTEST, (now.toEpochMilli() - readMillis) / MILLIS);
    }

    private List<Double> with(double total) {
        return Stream.concat(Stream.of(total), earlier.stream()).limit(KEPT).toList();
    }

    /** Whether a total is that of a reading or two ago, as a replica has it that is scraped later: with less than it usually grows by, twice. */
    public boolean isBehind(double lastTotal, double total) {
        if (total >= lastTotal || doubtful > 0 || calm < FEW || earlier.size() < KEPT - 1) {
            return false;
        }
        List<Double> steps = steps(lastTotal).sorted().boxed().toList();
        return lastTotal - total <= 2 * steps.get(steps.size() / 2);
    }

    /** By how much its total grew at most from one of the last few readings to the next; empty when there were none. */
    public OptionalDouble largestStep(double lastTotal) {
        return steps(lastTotal).max();
    }

    private DoubleStream steps(double lastTotal) {
        List<Double> totals =
                Stream.concat(Stream.of(lastTotal), earlier.stream()).toList();
        return IntStream.range(1, totals.size()).mapToDouble(i -> totals.get(i - 1) - totals.get(i));
    }

    /** Whether the pod can serve so many requests a second. */
    public boolean believes(double requests) {
        return requests <= FASTEST
                && (busiest == 0 || requests <= Math.max(BELIEVED, SPEEDUP * busiest) || requests <= LIKE * rate);
    }

    /** Whether it fell, or its start time moved, within the last few readings, or was doubted before. */
    public boolean unsettled() {
        return calm < FEW;
    }

    /** Whether a fall was doubted before. */
    public boolean distrusted() {
        return calm == NEVER;
    }

    /** Whether a process started then, in seconds since 1970, was there for long while another one was still read. */
    public boolean overlaps(double start, double slack) {
        return readMillis > 0 && start + slack < readMillis / MILLIS;
    }
}
