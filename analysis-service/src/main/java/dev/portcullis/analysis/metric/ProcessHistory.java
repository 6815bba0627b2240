package dev.portcullis.analysis.metric;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What earlier readings of a pod told of the process that answers for it. At most one of {@code waiting} and {@code doubt} is there. Immutable.
 *
 * @param readMillis when it was read last, in milliseconds since 1970
 * @param earlier what its total was at the readings before the last one, latest first; a few
 * @param rate by how many requests a second its known series grew in all, at the last reading
 * @param busiest the most that this was at any reading that was believed; 0 when nothing grew yet
 * @param ceiling what its total was before the last fall that no start time explains; 0 when there was none, or it has grown beyond since
 * @param calm readings since that fall, or since a later start time though nothing fell, {@link #FEW} at most
 * @param distrusted whether a fall was doubted before, after which no other is believed
 * @param waiting what it grew by and is not counted yet
 * @param doubt why nothing of it is counted
 */
public record ProcessHistory(
        long readMillis,
        List<Double> earlier,
        double rate,
        double busiest,
        double ceiling,
        int calm,
        boolean distrusted,
        Optional<Waiting> waiting,
        Optional<Doubt> doubt) {
    /** So many readings in a row have to fit one process after some did not; and within so many only one fall is a restart. */
    public static final int FEW = 10;

    private static final int KEPT = 4;
    private static final double MILLIS = 1000;

    /** Two readings are taken to be so many seconds apart at least: what comes in bursts is no leap. */
    private static final double SHORTEST = 1;

    /** The history of a pod that is seen for the first time. */
    static final ProcessHistory NONE = begin(Instant.EPOCH);

    /**
     * What a pod grew by up to its last reading and is counted only when later readings bear it out.
     *
     * @param growth the requests
     * @param failed whether any of them failed, or may have
     * @param rate by how many requests a second the pod grew at the last reading that added to it
     * @param leap whether it is counted only when the pod goes on at such a rate; otherwise it is when its counters go on at all
     * @param still readings since then at which nothing grew
     * @param why it waits, as a sentence about the pod
     */
    public record Waiting(Growth growth, boolean failed, double rate, boolean leap, int still, String why) {
        /** The same after a reading at which nothing grew. */
        public Waiting stillAgain() {
            return new Waiting(growth, failed, rate, leap, still + 1, why);
        }

        /** Both together, as of the later one. */
        public Waiting plus(Waiting later) {
            return new Waiting(
                    growth.plus(later.growth), failed || later.failed, later.rate, leap || later.leap, 0, later.why);
        }
    }

    /**
     * That no single process explains the readings of a pod.
     *
     * @param left so many readings in a row still have to fit one process, 1 or more
     * @param why as a sentence about the pod
     */
    public record Doubt(int left, String why) {}

    /** Keeps its own copy. */
    public ProcessHistory {
        earlier = List.copyOf(earlier);
    }

    /** The history of a pod as it was read last. */
    public static ProcessHistory of(PodCounters last) {
        ProcessHistory history = last.history();
        return history == null ? NONE : history;
    }

    /** The beginning: one reading. */
    public static ProcessHistory begin(Instant now) {
        return begin(now, 0);
    }

    /** The beginning: one reading of a process that served so many requests a second until then. */
    public static ProcessHistory begin(Instant now, double served) {
        return new ProcessHistory(
                now.toEpochMilli(), List.of(), served, served, 0, FEW, false, Optional.empty(), Optional.empty());
    }

    /** The same with growth that is not counted yet. */
    public ProcessHistory waitingFor(Waiting growth) {
        return new ProcessHistory(
                readMillis, earlier, rate, busiest, ceiling, calm, distrusted, Optional.of(growth), Optional.empty());
    }

    /** Whether something that it grew by is not counted yet. */
    public boolean waits() {
        return waiting.isPresent();
    }

    /** Whether nothing of it is counted, since no single process explains its readings. */
    public boolean doubted() {
        return doubt.isPresent();
    }

    /**
     * After a reading that fits the one before. What waited does not wait any more.
     *
     * @param grownBy by how many requests a second its known series grew
     * @param believed whether it can have served so much
     */
    public ProcessHistory fitting(double lastTotal, double grownBy, boolean believed, Instant now) {
        return new ProcessHistory(
                now.toEpochMilli(),
                with(lastTotal),
                grownBy,
                believed ? Math.max(busiest, grownBy) : busiest,
                lastTotal < ceiling ? ceiling : 0,
                Math.min(FEW, calm + 1),
                distrusted,
                Optional.empty(),
                doubt.filter(d -> d.left() > 1).map(d -> new Doubt(d.left() - 1, d.why())));
    }

    /** After a fall that is taken for a restart, though nothing but the values tells. */
    public ProcessHistory restarted(double lastTotal, Instant now) {
        return new ProcessHistory(
                now.toEpochMilli(),
                with(lastTotal),
                0,
                busiest,
                Math.max(ceiling, lastTotal),
                0,
                distrusted,
                Optional.empty(),
                doubt);
    }

    /** After a fall of a process that says that it was started later. What was doubted before still is. */
    public ProcessHistory restartedLater(Instant now) {
        return new ProcessHistory(
                now.toEpochMilli(), List.of(), 0, busiest, ceiling, calm, distrusted, Optional.empty(), doubt);
    }

    /** After a later start time though nothing fell. What was doubted before still is. */
    public ProcessHistory startMoved(Instant now) {
        return new ProcessHistory(
                now.toEpochMilli(), List.of(), rate, busiest, ceiling, 0, distrusted, Optional.empty(), doubt);
    }

    /** After a reading that no single process explains, by which the known series grew at this rate, in requests a second. */
    public ProcessHistory doubting(double lastTotal, String reason, double grownBy, Instant now) {
        return new ProcessHistory(
                now.toEpochMilli(),
                with(lastTotal),
                grownBy,
                busiest,
                Math.max(ceiling, lastTotal),
                0,
                true,
                Optional.empty(),
                Optional.of(new Doubt(FEW, reason)));
    }

    /** The seconds since it was read last. */
    public double secondsUntil(Instant now) {
        return secondsBetween(readMillis / MILLIS, now);
    }

    /** The seconds from a time since 1970 until then, as between two readings. */
    public static double secondsBetween(double start, Instant now) {
        return Math.max(SHORTEST, now.toEpochMilli() / MILLIS - start);
    }

    private List<Double> with(double total) {
        return Stream.concat(Stream.of(total), earlier.stream()).limit(KEPT).toList();
    }

    /** Whether a total is that of a reading or two ago, as a replica has it that is scraped later: with less than it usually grows by, twice. */
    public boolean isBehind(double lastTotal, double total) {
        if (total >= lastTotal || doubted() || waits() || unsettled() || earlier.size() < KEPT - 1) {
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

    /** Whether it fell, or its start time moved, within the last few readings, or was doubted before. */
    public boolean unsettled() {
        return distrusted || calm < FEW;
    }

    /** Whether a process started then, in seconds since 1970, was there for long while another one was still read. */
    public boolean overlaps(double start, double slack) {
        return readMillis > 0 && start + slack < readMillis / MILLIS;
    }
}
