package dev.portcullis.benchmarks.reading;

import dev.portcullis.analysis.fold.CounterFold;
import dev.portcullis.analysis.fold.CounterState;
import dev.portcullis.analysis.fold.FoldRules;
import dev.portcullis.analysis.fold.ReadingChange;
import dev.portcullis.analysis.metric.CounterReading;
import dev.portcullis.analysis.metric.CounterSource;
import dev.portcullis.analysis.metric.ReadRequest;
import dev.portcullis.analysis.metric.Sample;
import dev.portcullis.analysis.metric.SourceCounterReader;
import dev.portcullis.analysis.metric.SourceReading;
import dev.portcullis.analysis.query.Arms;
import dev.portcullis.analysis.query.Selector;
import dev.portcullis.analysis.slo.Objective;
import dev.portcullis.analysis.slo.RatioIndicator;
import dev.portcullis.analysis.slo.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A hundred pods, ten of them the canary's, with twenty series each: four codes of five routes. The tenth reading of them, 15 s after the ninth. */
@State(Scope.Benchmark)
public class ManyPods {
    static final FoldRules RULES = new FoldRules(Map.of(), true, Duration.ZERO, Instant.MAX);

    private static final Arms ARMS = new Arms("version", "v2", "v1");
    private static final ReadingChange.Rules CHECKS = new ReadingChange.Rules(
            ARMS,
            "canary",
            "stable version",
            "stable version 'v1'",
            Duration.ofSeconds(15),
            Duration.ofSeconds(30),
            Map.of());
    private static final Objective AVAILABILITY = new Objective(
            "availability",
            0.999,
            Severity.CRITICAL,
            new RatioIndicator("pods", "requests_total{code!~\"5..\"}", null, "requests_total"));
    private static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");
    private static final int PODS = 100;
    private static final int OF_CANARY = 10;
    private static final int ROUTES = 5;
    private static final List<String> CODES = List.of("200", "302", "404", "500");
    private static final int READINGS = 9;

    private final List<Sample> samples = samples(READINGS);
    private final CounterReading.Counters reading = read(samples);
    private final CounterReading.Counters afterRestarts = read(samples(0));
    private final CounterState known = lastRead();

    private static List<Sample> samples(int reading) {
        List<Sample> samples = new ArrayList<>();
        for (var pod = 0; pod < PODS; pod++) {
            var version = pod < OF_CANARY ? "v2" : "v1";
            for (var route = 0; route < ROUTES; route++) {
                for (var code : CODES) {
                    var usual = code.equals("500") ? 0 : 300;
                    var labels = Map.of(
                            "__name__",
                            "requests_total",
                            "version",
                            version,
                            "namespace",
                            "shop",
                            "pod",
                            "checkout-" + pod,
                            "route",
                            "/route/" + route,
                            "code",
                            code);
                    samples.add(new Sample(labels, (1.0 + pod + route) * (reading == 0 ? 1 : usual * reading + 10)));
                }
            }
        }
        return samples;
    }

    private static CounterReading.Counters read(List<Sample> samples) {
        Map<Selector, List<Sample>> bySelector = Map.of(
                Selector.parse("requests_total"),
                samples,
                Selector.parse("requests_total{code!~\"5..\"}"),
                samples.stream()
                        .filter(sample -> !"500".equals(sample.labels().get("code")))
                        .toList());
        CounterSource source = (queries, moment) -> queries.stream()
                .<SourceReading>map(query ->
                        new SourceReading.Series(bySelector.getOrDefault(query.selector(), List.of()), List.of()))
                .toList();
        var reader = new SourceCounterReader(name -> Optional.of(source), Runnable::run);
        var request = new ReadRequest(List.of(AVAILABILITY), ARMS);
        return (CounterReading.Counters) reader.read(List.of(request), BEGIN).getFirst();
    }

    private static CounterState lastRead() {
        var known = CounterState.NONE;
        for (var i = 0; i < READINGS; i++) {
            var fold = CounterFold.fold(known, read(samples(i)), RULES, BEGIN.plusSeconds(15L * i));
            if (!fold.faults().isEmpty()) {
                throw new IllegalStateException(fold.faults().toString());
            }
            known = fold.state();
        }
        return known;
    }

    /** Sorts the samples anew. */
    CounterReading read() {
        return read(samples);
    }

    /** What was read. */
    CounterReading.Counters reading() {
        return reading;
    }

    /** What would have been read if every process had begun anew. */
    CounterReading.Counters afterRestarts() {
        return afterRestarts;
    }

    /** The counters as last read. */
    CounterState known() {
        return known;
    }

    Instant now() {
        return BEGIN.plusSeconds(15L * READINGS);
    }

    /** The reading beside what is known. */
    ReadingChange change() {
        return new ReadingChange(known, reading, Map.of(), CHECKS, now());
    }
}
