package dev.portcullis.analysis.explanation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.metric.ClassicHistogram;
import dev.portcullis.analysis.metric.CounterReading;
import dev.portcullis.analysis.metric.ObjectiveCounters;
import dev.portcullis.analysis.metric.ObjectiveHistograms;
import dev.portcullis.analysis.metric.ObjectiveReading;
import dev.portcullis.analysis.metric.PodCounters;
import dev.portcullis.analysis.metric.PodHistograms;
import dev.portcullis.analysis.metric.RatioNumerator;
import dev.portcullis.analysis.metric.UnreadPod;
import dev.portcullis.analysis.query.Arms;
import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.analysis.run.Poll;
import dev.portcullis.analysis.run.PreviousRelease;
import dev.portcullis.analysis.run.Purpose;
import dev.portcullis.analysis.run.RunPlan;
import dev.portcullis.analysis.run.Window;
import dev.portcullis.analysis.slo.AnalysisSettings;
import dev.portcullis.analysis.slo.AnalysisTiming;
import dev.portcullis.analysis.slo.BaselineChoice;
import dev.portcullis.analysis.slo.LatencyIndicator;
import dev.portcullis.analysis.slo.Objective;
import dev.portcullis.analysis.slo.Provenance;
import dev.portcullis.analysis.slo.RatioIndicator;
import dev.portcullis.analysis.slo.ServiceObjectives;
import dev.portcullis.analysis.slo.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An analysis whose requests a test serves poll by poll, every 15 seconds, one window each; its canary has several pods. */
public final class ScriptedRun {
    static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");
    static final AnalysisSettings SETTINGS = AnalysisSettings.DEFAULT.withRhythm(new AnalysisTiming(
            Duration.ofSeconds(15),
            Duration.ofSeconds(15),
            Provenance.POLICY,
            Duration.ofMinutes(4),
            Duration.ofSeconds(45),
            Duration.ZERO));
    static final Objective AVAILABILITY = new Objective(
            "availability", 0.999, Severity.CRITICAL, new RatioIndicator("prometheus", null, "bad", "all"));
    static final Objective LATENCY = new Objective(
            "latency", 0.99, Severity.MAJOR, new LatencyIndicator("prometheus", "request_seconds_bucket", 0.3));
    private static final List<Double> BOUNDARIES = List.of(0.1, 0.25, 0.5, 1.0, Double.POSITIVE_INFINITY);

    private final List<Window> windows = new ArrayList<>();
    private final Map<String, double[]> pods = new TreeMap<>();
    private final Map<String, double[]> latencies = new HashMap<>();
    private List<UnreadPod> unread = List.of();
    private final Set<String> swapped = new HashSet<>();
    private final Set<String> gone = new HashSet<>();
    private final boolean hasLatency;
    private int polls;
    public AnalysisRun run;

    ScriptedRun(AnalysisSettings settings, @Nullable String baseline, Objective... objectives) {
        var service = new ServiceObjectives("checkout", "hash", List.of(objectives), settings);
        run = AnalysisRun.begin(new UUID(0, 7), new RunPlan(service, new Arms("hash", "new", baseline), BEGIN, ""));
        hasLatency = List.of(objectives).contains(LATENCY);
    }

    private ScriptedRun(RunPlan plan) {
        run = AnalysisRun.begin(new UUID(0, 7), plan);
        hasLatency = false;
    }

    /** Without a baseline, with the record of the release before. */
    public static ScriptedRun after(PreviousRelease previous) {
        var service = new ServiceObjectives(
                "checkout", "hash", BaselineChoice.PREVIOUS_RELEASE, List.of(AVAILABILITY), SETTINGS);
        return new ScriptedRun(
                new RunPlan(Purpose.RELEASE, service, new Arms("hash", "new", null), BEGIN, "", null, previous));
    }

    /** With a baseline of another kind. */
    public static ScriptedRun against(BaselineChoice choice, String value) {
        var service = new ServiceObjectives("checkout", "hash", choice, List.of(AVAILABILITY), SETTINGS);
        return new ScriptedRun(new RunPlan(service, new Arms("hash", "new", value), BEGIN, ""));
    }

    /** With a baseline, one objective, and the first reading taken. */
    public static ScriptedRun availability() {
        var told = new ScriptedRun(SETTINGS, "old", AVAILABILITY);
        told.serve("a", 0, 0).serve("stable", 0, 0).poll();
        return told;
    }

    /** With a baseline, an availability and a latency, and the first reading taken. */
    static ScriptedRun latency() {
        return new ScriptedRun(SETTINGS, "old", AVAILABILITY, LATENCY)
                .serveLatencies("a")
                .serveLatencies("stable", 50_000, 98_000, 99_500, 99_900, 100_000)
                .poll(0, 0, 0, 0);
    }

    static void assertContains(String part, String text) {
        assertTrue(text.contains(part), text);
    }

    /** Requests of a pod until the next poll; pods whose names begin with "stable" are the baseline's. */
    ScriptedRun serve(String pod, double bad, double total) {
        var counters = pods.computeIfAbsent(pod, p -> new double[2]);
        counters[0] += bad;
        counters[1] += total;
        return this;
    }

    /** A pod has the label of the other arm from the next poll on. */
    ScriptedRun swap(String pod) {
        if (!swapped.remove(pod)) {
            swapped.add(pod);
        }
        return this;
    }

    /** Pods that cannot be read from the next poll on, or could not. */
    ScriptedRun unread(UnreadPod... some) {
        unread = List.of(some);
        return this;
    }

    /** The series of a pod are gone from the next poll on; what it counts goes on. */
    ScriptedRun leaves(String pod) {
        gone.add(pod);
        return this;
    }

    /** The series of a pod are there, again or for the first time. */
    ScriptedRun comes(String pod) {
        gone.remove(pod);
        pods.computeIfAbsent(pod, p -> new double[2]);
        return this;
    }

    /** Requests of a pod no slower than 0.1, 0.25, 0.5, 1 and at all, until the next poll. */
    ScriptedRun serveLatencies(String pod, double... cumulative) {
        var counters = latencies.computeIfAbsent(pod, p -> new double[BOUNDARIES.size()]);
        for (var j = 0; j < cumulative.length; j++) {
            counters[j] += cumulative[j];
        }
        return this;
    }

    /** Serves and polls: so many requests of canary pod "a" and of the stable one. */
    public ScriptedRun poll(double bad, double total, double ofBaseline, double totalOfBaseline) {
        return serve("a", bad, total)
                .serve("stable", ofBaseline, totalOfBaseline)
                .poll();
    }

    ScriptedRun poll() {
        Map<String, ObjectiveReading> read = new HashMap<>();
        read.put("availability", new ObjectiveCounters(RatioNumerator.BAD, counters(false), counters(true)));
        if (hasLatency) {
            read.put("latency", new ObjectiveHistograms(histograms(false), histograms(true)));
        }
        return take(new CounterReading.Counters(read, List.of(), List.of(), unread));
    }

    private Map<String, PodCounters> counters(boolean stable) {
        Map<String, PodCounters> read = new HashMap<>();
        pods.forEach((pod, counts) -> {
            if ((pod.startsWith("stable") != swapped.contains(pod)) == stable && !gone.contains(pod)) {
                read.put(pod, PodCounters.ofRatio(Map.of("{}", counts[0]), Map.of("{}", counts[1])));
            }
        });
        return read;
    }

    private Map<String, PodHistograms> histograms(boolean stable) {
        Map<String, PodHistograms> read = new HashMap<>();
        latencies.forEach((pod, counts) -> {
            if (pod.equals("stable") == stable) {
                var buckets = new TreeMap<Double, Double>();
                for (var j = 0; j < counts.length; j++) {
                    buckets.put(BOUNDARIES.get(j), counts[j]);
                }
                read.put(pod, new PodHistograms(Map.of("{}", new ClassicHistogram(buckets))));
            }
        });
        return read;
    }

    ScriptedRun take(CounterReading reading) {
        var poll = Poll.of(run, reading, BEGIN.plusSeconds(15L * polls), () -> windows);
        polls++;
        run = poll.run();
        windows.addAll(poll.closed());
        return this;
    }

    String text() {
        return Explanation.of(run);
    }
}
