package dev.portcullis.analysis.fold;

import dev.portcullis.analysis.metric.PodCounters;
import dev.portcullis.analysis.metric.ProcessHistory;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How much a pod can have served in a span of time, by what it served before. All that is asked about growth is asked here: of counters that were known, of series that appear, after a
 * restart, and of a process that was started during the analysis. Immutable.
 *
 * @param busiest the most requests a second that it was seen to serve; 0 when it was not seen to serve any
 * @param latest the requests a second by which its known series grew at its last reading, believed or not
 * @param waiting the requests a second of what waits to be counted; 0 when nothing does
 * @param average the requests a second since its process was started, where it tells its start
 * @param ofOthers the most requests a second that another pod of its arm was seen to serve; 0 when there is none
 * @param seconds the length of the span, 1 or more
 */
record PodCapacity(
        double busiest, double latest, double waiting, OptionalDouble average, double ofOthers, double seconds) {
    /** No pod serves more requests a second. */
    private static final double FASTEST = 1_000_000;

    /** So many requests a second are no leap of any pod. */
    private static final double ANY = 1_000;

    /** Nor are so many times as many as ever, as when all traffic goes over to it. */
    private static final double LEAP = 100;

    /** So many requests from one reading to the next are no surge. */
    private static final double FEW = 1_000;

    /** Nor are so many times as many as ever: a flash crowd. */
    private static final double SURGE = 20;

    /** A rate at most so many times that of the reading before, and at least the same part of it, is like it. */
    private static final double LIKE = 2;

    /** With series that appear, a pod has served at most so many times what it does at its busiest, or what its other series grew by. */
    private static final double WITH_NEW_SERIES = 2;

    /** And so many requests more, so that the first ones of a quiet pod count. */
    private static final double OF_A_QUIET_POD = 20;

    /** The known series go on beside those that appear when they grow at least so many times as fast as at the reading before. */
    private static final double GOES_ON = 0.75;

    /** How a pod's growth is to be taken. */
    enum Weight {
        /** It can have served so much. */
        USUAL,
        /** It may be that of another process: it counts when the next reading goes on from there. */
        SURGE,
        /** It may have been counted elsewhere: it counts when the pod goes on at such a rate. */
        LEAP
    }

    /** The capacity of a pod that was read before. */
    static PodCapacity of(PodCounters last, PodCounters seen, double ofOthers, Instant now) {
        ProcessHistory before = ProcessHistory.of(last);
        double start = seen.processStart();
        return new PodCapacity(
                before.busiest(),
                before.rate(),
                before.waiting().map(ProcessHistory.Waiting::rate).orElse(0.0),
                start > 0
                        ? OptionalDouble.of(seen.sum() / ProcessHistory.secondsBetween(start, now))
                        : OptionalDouble.empty(),
                ofOthers,
                before.secondsUntil(now));
    }

    /** The capacity of a pod that is read for the first time, since its process was started, in seconds since 1970. */
    static PodCapacity sinceStart(double start, double ofOthers, Instant now) {
        return new PodCapacity(0, 0, 0, OptionalDouble.empty(), ofOthers, ProcessHistory.secondsBetween(start, now));
    }

    /** The most that any of these pods was seen to serve in a second. */
    static double busiest(Map<String, PodCounters> pods) {
        return pods.values().stream()
                .mapToDouble(pod -> ProcessHistory.of(pod).busiest())
                .max()
                .orElse(0);
    }

    /** So many requests by which counters grew that were known, or all since a restart. */
    Weight ofKnown(double requests) {
        double rate = requests / seconds;
        if (rate > FASTEST) {
            return Weight.LEAP;
        }
        if (isLike(rate, latest) || isLike(rate, waiting)) {
            return Weight.USUAL;
        }
        if (busiest == 0) {
            double most = average.isPresent() ? Math.max(ANY, LEAP * average.getAsDouble()) : FASTEST;
            return requests <= FEW || rate <= most ? Weight.USUAL : Weight.SURGE;
        }
        if (rate > Math.max(ANY, LEAP * busiest)) {
            return Weight.LEAP;
        }
        return requests > FEW && rate > SURGE * busiest ? Weight.SURGE : Weight.USUAL;
    }

    /** Whether the requests of series that appear can be among those that it served: series can bring a history with them, so it is less than of known ones. */
    boolean explains(double known, double appeared) {
        double usual = seconds * (busiest == 0 ? ofOthers : busiest);
        double most = WITH_NEW_SERIES * Math.max(usual, known) + OF_A_QUIET_POD;
        return appeared <= 0 || known + appeared <= Math.min(FASTEST * seconds, most);
    }

    /** Whether so many requests of the known series show that traffic did not go over to series that appear. */
    boolean goesOn(double known) {
        return latest > 0 && known >= GOES_ON * latest * seconds;
    }

    /** Whether so many requests of the known series show that the rate of what waits was that of traffic. */
    boolean bearsOut(double known) {
        return known >= waiting * seconds / LIKE;
    }

    private static boolean isLike(double rate, double before) {
        return rate <= LIKE * before && rate * LIKE >= before;
    }
}
