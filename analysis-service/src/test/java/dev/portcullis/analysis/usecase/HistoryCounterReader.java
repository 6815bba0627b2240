package dev.portcullis.analysis.usecase;

import dev.portcullis.analysis.metric.ClassicHistogram;
import dev.portcullis.analysis.metric.CounterReader;
import dev.portcullis.analysis.metric.CounterReading;
import dev.portcullis.analysis.metric.Moments;
import dev.portcullis.analysis.metric.ObjectiveCounters;
import dev.portcullis.analysis.metric.ObjectiveHistograms;
import dev.portcullis.analysis.metric.ObjectiveReading;
import dev.portcullis.analysis.metric.PodCounters;
import dev.portcullis.analysis.metric.PodHistograms;
import dev.portcullis.analysis.metric.RatioNumerator;
import dev.portcullis.analysis.metric.ReadRequest;
import dev.portcullis.analysis.slo.Objective;
import dev.portcullis.analysis.slo.RatioIndicator;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Counters that are a function of the moment: of one canary pod and one baseline pod, whose traffic changes from second to second. It
 * knows them of every moment, can be away for a time, and notes which moments it answered for. Thread-safe.
 */
final class HistoryCounterReader implements CounterReader {
    private static final Instant BEGIN = Instant.parse("2026-03-01T11:30:00Z");
    private static final Instant NEVER = Instant.MAX;

    /** From when on every twentieth request of the canary fails. */
    volatile Instant badFrom = NEVER;

    /** When the canary's process is replaced by another, whose counters begin at 0. */
    volatile Instant resetAt = NEVER;

    /** From when on there are histograms at all. */
    volatile Instant histogramsFrom = Instant.MIN;

    /** From when on the canary's histograms have other boundaries. */
    volatile Instant boundariesChange = NEVER;

    volatile boolean away;
    private final boolean remembers;
    private final Map<String, List<Instant>> answered = new ConcurrentHashMap<>();

    HistoryCounterReader() {
        this(true);
    }

    /** One that admits to its memory, or does not. */
    HistoryCounterReader(boolean remembers) {
        this.remembers = remembers;
    }

    /** The moments answered for, in the order of the answers, by the name of a request's first objective. */
    List<Instant> answered(String objective) {
        return answered.getOrDefault(objective, List.of());
    }

    /** What the canary served between two moments. */
    double served(Instant from, Instant until) {
        return total(seconds(until)) - total(seconds(from));
    }

    @Override
    public List<CounterReading> read(List<ReadRequest> requests, Instant moment) {
        return requests.stream().map(request -> reading(request, moment)).toList();
    }

    @Override
    public boolean remembers(ReadRequest request) {
        return remembers;
    }

    @Override
    public List<List<CounterReading>> readPast(List<ReadRequest> requests, Moments moments) {
        return moments.all().stream().map(moment -> read(requests, moment)).toList();
    }

    private CounterReading reading(ReadRequest request, Instant moment) {
        if (away) {
            return new CounterReading.Unreachable("connection refused");
        }
        answered.computeIfAbsent(request.objectives().getFirst().name(), name -> new CopyOnWriteArrayList<>())
                .add(moment);
        Map<String, ObjectiveReading> read = new HashMap<>();
        for (Objective objective : request.objectives()) {
            read.put(
                    objective.name(),
                    objective.indicator() instanceof RatioIndicator ? counters(moment) : histograms(moment));
        }
        return new CounterReading.Counters(read);
    }

    private ObjectiveCounters counters(Instant moment) {
        int now = seconds(moment);
        return new ObjectiveCounters(
                RatioNumerator.BAD,
                Map.of("canary-0", pod(ofCanary(bad(now, true), moment, true), ofCanary(total(now), moment, false))),
                Map.of("stable-0", pod(bad(now, false), 9 * total(now))));
    }

    private double ofCanary(double count, Instant moment, boolean bad) {
        if (moment.isBefore(resetAt)) {
            return count;
        }
        int reset = seconds(resetAt);
        return count - (bad ? bad(reset, true) : total(reset));
    }

    private ObjectiveHistograms histograms(Instant moment) {
        if (moment.isBefore(histogramsFrom)) {
            return new ObjectiveHistograms(Map.of(), Map.of());
        }
        double all = total(seconds(moment));
        double slow = bad(seconds(moment), true);
        double boundary = moment.isBefore(boundariesChange) ? 0.25 : 0.2;
        return new ObjectiveHistograms(
                Map.of("canary-0", histogram(boundary, slow, all)),
                Map.of("stable-0", histogram(0.25, bad(seconds(moment), false), 9 * all)));
    }

    private static PodHistograms histogram(double boundary, double slow, double all) {
        // Some requests are slower than what may pass and faster than what fails.
        var upTo = new TreeMap<>(
                Map.of(boundary, Math.floor((all - slow) * 0.99), 0.5, all - slow, Double.POSITIVE_INFINITY, all));
        return new PodHistograms(Map.of("latency", new ClassicHistogram(upTo)));
    }

    private static PodCounters pod(double bad, double total) {
        return PodCounters.ofRatio(Map.of("requests{code=\"500\"}", bad), Map.of("requests", total));
    }

    private static int seconds(Instant moment) {
        return (int) Duration.between(BEGIN, moment).toSeconds();
    }

    private static double total(int seconds) {
        double sum = 0;
        for (int i = 0; i < seconds; i++) {
            sum += rate(i);
        }
        return sum;
    }

    private double bad(int seconds, boolean canary) {
        int from = badFrom.equals(NEVER) ? Integer.MAX_VALUE : seconds(badFrom);
        double sum = 0;
        for (int i = 0; i < seconds; i++) {
            sum += i % 31 == 0 ? 1 : 0;
            sum += canary && i >= from ? Math.floor(rate(i) / 20) : 0;
        }
        return sum;
    }

    private static double rate(int second) {
        return 150 + second * 7_919L % 101;
    }
}
