package dev.portcullis.analysis.fold;

import dev.portcullis.analysis.fold.ReadingChange.Consequence;
import dev.portcullis.analysis.metric.PodCounters;
import dev.portcullis.analysis.metric.PodGroups;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a reading has to pass before it is counted, in this order. A check is a function of what was read now and what is known of earlier readings, which is in {@link CounterState} and stored with
 * it; checks keep nothing themselves. Values that are no counts are told before, by {@link PodGroups}, and counts that contradict each other afterwards, by {@link PodFold} and {@link CoarseCounters}.
 */
public final class ReadingChecks {
    /**
     * Why something read is not believed.
     *
     * @param why of a reading a sentence, of a pod the end of one
     * @param next what follows: of a reading what becomes of it, of a pod what its next counters are compared with
     */
    public record Doubt<N>(String why, N next) {}

    /** What may be wrong with something read. */
    @FunctionalInterface
    interface Check<T, N> {
        /** Null when nothing speaks against it. */
        @Nullable
        Doubt<N> doubt(T seen);
    }

    /** The checks of a reading as a whole. */
    private static final List<Check<ReadingChange, Consequence>> OF_READING = List.of(
            ArmPresence::gone,
            ArmPresence::neverRead,
            MissingGood::ofArm,
            MovedPods::moved,
            ArmPresence::replaced,
            ArmPresence::unread);

    /** The checks of each pod: whether one process counts. */
    private static final List<Check<PodChange, PodCounters>> OF_PROCESS =
            List.of(ProcessCheck::otherStart, ProcessCheck::lagging, ProcessCheck::several);

    /** The checks of each pod that one process counts: whether all of it is there, and what is good or bad a part of all. How much it can have served, {@link PlausibleGrowth} says. */
    private static final List<Check<PodChange, PodCounters>> OF_SERIES =
            List.of(VanishedSeries::gone, PlausibleGrowth::ofPart);

    private ReadingChecks() {}

    /** What speaks against a reading as a whole, in the order of the checks; empty when nothing does. */
    public static List<Doubt<Consequence>> of(ReadingChange reading) {
        List<Doubt<Consequence>> doubts = new ArrayList<>();
        for (Check<ReadingChange, Consequence> check : OF_READING) {
            Doubt<Consequence> doubt = check.doubt(reading);
            if (doubt != null) {
                doubts.add(doubt);
            }
        }
        return doubts;
    }

    /** Why a pod is not counted; null when it is. */
    static @Nullable Doubt<PodCounters> of(PodChange pod) {
        Doubt<PodCounters> doubt = ofProcess(pod);
        return doubt == null ? first(OF_SERIES, pod) : doubt;
    }

    /** Why a pod's counters cannot be compared with those before; null when they can. */
    static @Nullable Doubt<PodCounters> ofProcess(PodChange pod) {
        return first(OF_PROCESS, pod);
    }

    private static @Nullable Doubt<PodCounters> first(List<Check<PodChange, PodCounters>> checks, PodChange pod) {
        for (Check<PodChange, PodCounters> check : checks) {
            Doubt<PodCounters> doubt = check.doubt(pod);
            if (doubt != null) {
                return doubt;
            }
        }
        return null;
    }
}
