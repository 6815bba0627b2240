package dev.portcullis.analysis.run;

import dev.portcullis.analysis.evidence.Halves;
import dev.portcullis.analysis.slo.AnalysisSettings;
import dev.portcullis.analysis.slo.ClusterSize;
import dev.portcullis.analysis.slo.Provenance;
import dev.portcullis.analysis.slo.ServiceObjectives;
import dev.portcullis.analysis.stats.Dispersion;
import dev.portcullis.analysis.stats.Persistence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * How the stable version of a service behaved beside the canaries of the past: in what groups its errors come, and how long a window
 * has to be for votes that do not depend on each other. Measured before a run and never from the run itself, where a sudden regression
 * would look like dispersion and hide itself.
 *
 * @param time when it was measured
 * @param objectives by name of the objective, in the order of names
 */
public record StableHistory(Instant time, List<MeasuredObjective> objectives) {
    /** Windows below which nothing is concluded. */
    public static final int ENOUGH_WINDOWS = 100;

    private static final double LARGEST_CLUSTER = 1e6;

    /**
     * What was measured of one objective.
     *
     * @param objective its name
     * @param windows windows that told something
     * @param dispersion variance of the errors divided by that of independent ones; 1 or more
     * @param comparesPods whether it comes from the comparison of two halves of the pods; else from one pod's counts, in which drift
     *     looks like dispersion
     * @param clusterSize the dispersion rounded up; only meaningful with enough windows
     * @param voteWindow the shortest window that is at least twice as long as the usual bad spell of a pod; empty when the history
     *     cannot tell
     */
    public record MeasuredObjective(
            String objective,
            int windows,
            double dispersion,
            boolean comparesPods,
            double clusterSize,
            Optional<Duration> voteWindow) {
        /** Whether there were enough windows. */
        public boolean suffices() {
            return windows >= ENOUGH_WINDOWS;
        }
    }

    /** Keeps its own copy. */
    public StableHistory {
        objectives = List.copyOf(objectives);
    }

    /**
     * Measures the past.
     *
     * @param windows of past analyses, each analysis' in order
     */
    public static StableHistory of(List<PastWindow> windows, Instant now) {
        var names = new TreeSet<String>();
        windows.forEach(window -> names.addAll(window.halves().keySet()));
        return new StableHistory(
                now, names.stream().flatMap(name -> measured(name, windows)).toList());
    }

    private static Stream<MeasuredObjective> measured(String objective, List<PastWindow> windows) {
        var seen = windows.stream()
                .filter(window -> window.halves().containsKey(objective))
                .toList();
        var halves = seen.stream().map(window -> halves(window, objective)).toList();
        var telling = halves.stream().filter(Dispersion::tells).toList();
        var between = Dispersion.between(telling);
        if (between.isPresent()) {
            return Stream.of(
                    measured(objective, telling.size(), between.getAsDouble(), true, voteWindow(objective, seen)));
        }
        var totals = halves.stream()
                .map(Halves::both)
                .filter(both -> both.total() > 0)
                .toList();
        return Dispersion.within(totals).stream()
                .mapToObj(within -> measured(objective, totals.size(), within, false, Optional.empty()));
    }

    private static Halves halves(PastWindow window, String objective) {
        return window.halves().getOrDefault(objective, Halves.of(Map.of()));
    }

    private static MeasuredObjective measured(
            String objective, int windows, double dispersion, boolean comparesPods, Optional<Duration> voteWindow) {
        var atLeastOne = Math.max(1, dispersion);
        return new MeasuredObjective(
                objective,
                windows,
                atLeastOne,
                comparesPods,
                Math.min(Math.ceil(atLeastOne), LARGEST_CLUSTER),
                voteWindow);
    }

    private static Optional<Duration> voteWindow(String objective, List<PastWindow> windows) {
        Map<Object, List<Halves>> runs = new LinkedHashMap<>();
        windows.forEach(window ->
                runs.computeIfAbsent(window.analysis(), a -> new ArrayList<>()).add(halves(window, objective)));
        var multiple = Persistence.fittingMultiple(List.copyOf(runs.values()));
        return usualLength(windows).flatMap(length -> times(length, multiple));
    }

    private static Optional<Duration> times(Duration length, OptionalInt multiple) {
        return multiple.isPresent() ? Optional.of(length.multipliedBy(multiple.getAsInt())) : Optional.empty();
    }

    /** The median, to the second. */
    private static Optional<Duration> usualLength(Collection<PastWindow> windows) {
        var lengths = windows.stream().map(PastWindow::length).sorted().toList();
        return lengths.isEmpty()
                ? Optional.empty()
                : Optional.of(Duration.ofSeconds(
                        Math.max(1, Math.round(lengths.get(lengths.size() / 2).toMillis() / 1000.0))));
    }

    /** The settings of a service with what it wants measured and this history can tell; the rest as it was. */
    public AnalysisSettings applied(ServiceObjectives service) {
        var settings = service.settings();
        var gating = objectives.stream()
                .filter(MeasuredObjective::suffices)
                .filter(measured -> service.objectives().stream()
                        .anyMatch(objective -> objective.name().equals(measured.objective())
                                && objective.severity().weight() > 0))
                .toList();
        return withWindow(withClusterSize(settings, gating), gating);
    }

    private static AnalysisSettings withClusterSize(AnalysisSettings settings, List<MeasuredObjective> gating) {
        if (!settings.clusterSize().from().wantsMeasurement()) {
            return settings;
        }
        return gating.stream()
                .map(MeasuredObjective::clusterSize)
                .max(Comparator.naturalOrder())
                .map(size -> settings.withClusterSize(new ClusterSize(size, Provenance.MEASURED)))
                .orElse(settings);
    }

    private static AnalysisSettings withWindow(AnalysisSettings settings, List<MeasuredObjective> gating) {
        var timing = settings.timing();
        if (!timing.windowFrom().wantsMeasurement()) {
            return settings;
        }
        return gating.stream()
                .flatMap(measured -> measured.voteWindow().stream())
                .max(Comparator.naturalOrder())
                .map(window -> window.compareTo(timing.poll()) < 0 ? timing.poll() : window)
                // A window that leaves no time for a second one decides nothing.
                .filter(window -> window.multipliedBy(2).compareTo(timing.deadline()) <= 0)
                .map(window -> settings.withRhythm(timing.withWindow(window, Provenance.MEASURED)))
                .orElse(settings);
    }
}
