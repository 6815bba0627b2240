package dev.portcullis.analysis.run;

import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.evidence.Halves;
import dev.portcullis.analysis.evidence.Observation;
import dev.portcullis.analysis.fold.CounterFold;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The window that is being counted.
 *
 * @param start the moment of the counters that it began with
 * @param due it closes at the first reading whose place in the rhythm is here or later
 * @param lastRead the moment of the counters that were added last; null while there are none
 * @param passedOver the latest moment after that whose counters were had and could not be counted; null while there is none
 * @param counts so far, by objective name
 * @param baselinePods the baseline's counts so far, by objective name and pod
 */
public record OpenWindow(
        Instant start,
        Instant due,
        @Nullable Instant lastRead,
        @Nullable Instant passedOver,
        Map<String, Observation> counts,
        Map<String, Map<String, Counts>> baselinePods) {
    /** Keeps its own copy. */
    public OpenWindow {
        counts = Map.copyOf(counts);
        baselinePods = Map.copyOf(baselinePods);
    }

    /** A window that begins with the counters of a moment, the last that were read. */
    static OpenWindow begin(RunPlan plan, Instant start, Instant read) {
        var due = plan.slot(read).plus(plan.settings().timing().window());
        return new OpenWindow(start, due, null, null, Map.of(), Map.of());
    }

    OpenWindow plus(CounterFold fold, Instant now) {
        return new OpenWindow(
                start,
                due,
                now,
                null,
                CountSums.plus(counts, fold.increments()),
                CountSums.ofPods(baselinePods, fold.baselinePods()));
    }

    /** With a moment that is not to be read again, though nothing could be counted of it. */
    OpenWindow passing(Instant moment) {
        return new OpenWindow(start, due, lastRead, moment, counts, baselinePods);
    }

    /** The moment up to which requests have been counted. */
    Instant counted() {
        return lastRead == null ? start : lastRead;
    }

    /** The moment from which on counters are still to be read. */
    Instant reached() {
        return passedOver == null ? counted() : passedOver;
    }

    Window closed(int index, Instant end) {
        var halves = new HashMap<String, Halves>();
        baselinePods.forEach((objective, pods) -> {
            if (!pods.isEmpty()) {
                halves.put(objective, Halves.of(pods));
            }
        });
        return new Window(index, start, end, counts, halves);
    }
}
