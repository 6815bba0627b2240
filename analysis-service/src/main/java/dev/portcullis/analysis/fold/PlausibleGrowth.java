package dev.portcullis.analysis.fold;

import dev.portcullis.analysis.fold.PodCapacity.Weight;
import dev.portcullis.analysis.fold.ReadingChecks.Doubt;
import dev.portcullis.analysis.metric.Growth;
import dev.portcullis.analysis.metric.PodCounters;
import dev.portcullis.analysis.metric.ProcessHistory;
import dev.portcullis.analysis.metric.ProcessHistory.Waiting;
import dev.portcullis.analysis.metric.RatioNumerator;
import dev.portcullis.analysis.metric.SeriesText;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which part of what a pod grew by between two readings counts: what it {@link PodCapacity can have served}. What it cannot have served by all that is known waits, and later readings
 * decide: a surge counts when the counters go on at all, a leap and a history that series brought with them count only when the pod goes on at such a rate.
 */
final class PlausibleGrowth {
    /** What becomes of what waited before. */
    private enum Outcome {
        BORNE_OUT,
        REFUTED,
        OPEN
    }

    private PlausibleGrowth() {}

    /** Good or bad requests that appear as series of another metric, and are more than all that the pod served: no later reading makes that true. */
    static @Nullable Doubt<PodCounters> ofPart(PodChange pod) {
        if (pod.restarted()) {
            return null;
        }
        double total = PodChange.increase(pod.last.total(), pod.seen.total());
        double most = total + PodFold.TORN + PodFold.TORN_SHARE * total;
        Growth appeared = pod.appeared(pod.last);
        for (int cut = 0; cut < pod.seen.parts().size(); cut++) {
            if (appeared.parts().get(cut) > most) {
                String why =
                        appeared(pod.last.parts().get(cut), pod.seen.parts().get(cut)) + inPod(pod, total)
                                + "; it is counted from there";
                return new Doubt<>(why, afterwards(pod, why));
            }
        }
        return null;
    }

    /** What waited cannot be borne out any more: that is no less than a process that nobody knows. */
    private static PodCounters afterwards(PodChange pod, String why) {
        return pod.before.waits() ? pod.next(pod.before.doubting(pod.last.sum(), why, pod.rate, pod.now)) : pod.next();
    }

    /** What is counted of a pod that one process counts. */
    static PodFold fold(RatioNumerator numerator, PodChange pod) {
        PodCounters from = pod.from();
        Growth nothing = Growth.none(pod.seen.parts().size());
        // After a restart nothing is known, and nothing can have been counted elsewhere.
        Growth known = pod.restarted() ? PodChange.all(pod.seen) : pod.known(from);
        Growth appeared = pod.restarted() ? nothing : pod.appeared(from);
        Weight weight = weight(pod, known.total());
        Optional<Waiting> before = pod.before.waiting();
        Optional<Outcome> outcome = before.map(waited -> outcome(pod, waited, weight, known.total()));
        Optional<Waiting> open = before.filter(waited -> outcome.equals(Optional.of(Outcome.OPEN)))
                .map(waited -> known.total() == 0 ? waited.stillAgain() : waited);
        Optional<Waiting> refuted = before.filter(waited -> outcome.equals(Optional.of(Outcome.REFUTED)));
        Growth counted = before.filter(waited -> outcome.equals(Optional.of(Outcome.BORNE_OUT)))
                .map(Waiting::growth)
                .orElse(nothing);
        boolean usual = weight == Weight.USUAL;
        if (usual && pod.capacity.explains(known.total(), appeared.total())) {
            PodFold fold = PodFold.grown(numerator, pod, counted.plus(known).plus(appeared), history(pod, true), open);
            return refuted.map(fold::refuting).orElse(fold);
        }
        boolean goesOn = usual && pod.capacity.goesOn(known.total());
        Waiting all = waiting(numerator, pod, known, appeared, weight);
        Waiting next = goesOn ? waiting(numerator, appeared, all) : all;
        Waiting waits = open.map(waited -> waited.plus(next)).orElse(next);
        Waiting uncounted = before.map(waited -> waited.plus(all)).orElse(all);
        ProcessHistory history = history(pod, goesOn);
        PodFold fold = PodFold.grown(
                        numerator, pod, goesOn ? counted.plus(known) : counted, history, Optional.of(waits))
                .keeping(pod.next(history.waitingFor(uncounted)));
        return refuted.map(fold::refuting).orElse(fold);
    }

    /** @param knownCounted whether the growth of the known series counts, so that it shows what the pod serves */
    private static ProcessHistory history(PodChange pod, boolean knownCounted) {
        return pod.restarted() ? pod.history() : pod.fitting(knownCounted);
    }

    /** How known growth is to be taken; of a pod whose falls {@link ProcessCheck} remembers, that check looks after surges. */
    private static Weight weight(PodChange pod, double known) {
        Weight weight = pod.capacity.ofKnown(known);
        boolean remembered = pod.restarted() || pod.before.distrusted() || pod.before.ceiling() > 0;
        return weight == Weight.SURGE && remembered ? Weight.USUAL : weight;
    }

    private static Outcome outcome(PodChange pod, Waiting waited, Weight weight, double known) {
        boolean stands = waited.leap() && known == 0 && waited.still() + 1 < ProcessHistory.FEW;
        if (weight != Weight.USUAL || stands) {
            return Outcome.OPEN;
        }
        return !waited.leap() || pod.capacity.bearsOut(known) ? Outcome.BORNE_OUT : Outcome.REFUTED;
    }

    private static Waiting waiting(
            RatioNumerator numerator, PodChange pod, Growth known, Growth appeared, Weight weight) {
        Growth all = known.plus(appeared);
        boolean leap = weight != Weight.SURGE;
        String why = weight == Weight.USUAL
                ? appeared(pod.from().total(), pod.seen.total()) + inPod(pod, known.total())
                : "its total" + (pod.restarted() ? ", after a restart," : "") + " leapt from "
                        + SeriesText.value(pod.from().sum()) + " to " + SeriesText.value(pod.seen.sum()) + " in "
                        + SeriesText.value(pod.seconds) + " s" + (leap ? never(pod) : "");
        return new Waiting(all, all.failed(numerator), all.total() / pod.seconds, leap, 0, why);
    }

    /** The same of a part of it. */
    private static Waiting waiting(RatioNumerator numerator, Growth part, Waiting all) {
        return new Waiting(part, part.failed(numerator), all.rate(), all.leap(), 0, all.why());
    }

    private static String never(PodChange pod) {
        return ", and never grew by more than " + SeriesText.value(pod.before.busiest()) + " requests a second before";
    }

    private static String inPod(PodChange pod, double grown) {
        return ", in a pod whose other series grew by " + SeriesText.value(grown) + " in the same "
                + SeriesText.value(pod.seconds) + " s";
    }

    /** All together: a history that is spread over many series is one all the same. */
    private static String appeared(Map<String, Double> last, Map<String, Double> seen) {
        TreeMap<String, Double> added = new TreeMap<>(seen);
        added.entrySet().removeIf(series -> series.getValue() == 0 || last.containsKey(series.getKey()));
        String first = SeriesText.key(added.firstKey());
        String requests = SeriesText.value(PodChange.increase(Map.of(), added));
        return added.size() == 1
                ? first + " appeared with " + requests + " requests"
                : first + " and " + (added.size() - 1) + " others appeared with " + requests + " requests together";
    }
}
