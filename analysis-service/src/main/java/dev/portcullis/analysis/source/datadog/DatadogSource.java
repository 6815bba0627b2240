package dev.portcullis.analysis.source.datadog;

import dev.portcullis.analysis.metric.CounterSource;
import dev.portcullis.analysis.metric.Sample;
import dev.portcullis.analysis.metric.SourceReading;
import dev.portcullis.analysis.query.Arm;
import dev.portcullis.analysis.query.Arms;
import dev.portcullis.analysis.query.Selector;
import dev.portcullis.analysis.query.SeriesQuery;
import dev.portcullis.analysis.source.ParallelReads;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Makes counters of the counts of whole, settled intervals: each is added to a running total once, and never a rate. Intervals of the last {@link #SETTLED} are left for later, since
 * counts still come in. A query asked for the first time is a starting point, and so is one not asked for {@link #LONGEST_GAP}. Thread-safe.
 */
final class DatadogSource implements CounterSource {
    static final Duration SETTLED = Duration.ofMinutes(2);

    /** Above an hour, Datadog would make the intervals longer. */
    static final Duration LONGEST_GAP = Duration.ofMinutes(50);

    /** The series of a starting point are those that counted something in this time before it. */
    private static final Duration LOOK_BACK = Duration.ofMinutes(5);

    /** Leaves the exchange its own, better worded timeout, and catches what that one does not. */
    private static final Duration SLACK = Duration.ofMillis(200);

    /** When the totals of a series were begun, in milliseconds since 1970. One begun anew is another series of a known pod, so that nothing falls. */
    static final String SINCE_LABEL = "datadog_counts" + Sample.SINCE;

    private final DatadogProperties properties;
    private final DatadogClient client;
    private final Clock clock;
    private final Duration deadline;
    private final Map<CountQuery, RunningTotals> totalsByQuery = new HashMap<>();
    private Instant notBefore = Instant.EPOCH;

    /** A source not yet asked. */
    DatadogSource(DatadogProperties properties, DatadogClient client, Clock clock, Duration deadline) {
        this.properties = properties;
        this.client = client;
        this.clock = clock;
        this.deadline = deadline;
    }

    @Override
    public List<SourceReading> read(List<SeriesQuery> queries, Instant moment) {
        Map<Arms, List<Selector>> byArms = new LinkedHashMap<>();
        queries.forEach(query ->
                byArms.computeIfAbsent(query.arms(), arms -> new ArrayList<>()).add(query.selector()));
        List<Arms> all = List.copyOf(byArms.keySet());
        List<Optional<List<SourceReading>>> read = ParallelReads.of(
                all, deadline.plus(SLACK.multipliedBy(2)), arms -> read(byArms.getOrDefault(arms, List.of()), arms));
        Map<SeriesQuery, SourceReading> readings = new HashMap<>();
        for (int i = 0; i < all.size(); i++) {
            Arms arms = all.get(i);
            List<Selector> selectors = byArms.getOrDefault(arms, List.of());
            List<SourceReading> ofArms = read.get(i)
                    .orElseGet(() -> each(selectors, unreachable(tooLate().reason())));
            for (int j = 0; j < selectors.size(); j++) {
                readings.put(new SeriesQuery(selectors.get(j), arms), ofArms.get(j));
            }
        }
        return queries.stream()
                .map(query -> Objects.requireNonNull(readings.get(query)))
                .toList();
    }

    private static List<SourceReading> each(List<Selector> selectors, SourceReading reading) {
        return Collections.nCopies(selectors.size(), reading);
    }

    private List<SourceReading> read(List<Selector> selectors, Arms arms) {
        Optional<Arm> strange = CountQuery.strangeArm(arms);
        if (strange.isPresent()) {
            return each(
                    selectors,
                    unreachable("no tag of Datadog has the value '"
                            + strange.get().value() + "' of " + strange.get().label()));
        }
        Instant settled = settled();
        List<CountQuery> queries = selectors.stream()
                .map(selector -> CountQuery.of(selector, arms, properties.podTag()))
                .toList();
        Map<CountQuery, RunningTotals> before = begun(queries, settled);
        List<CountQuery> due = queries.stream()
                .distinct()
                .filter(query ->
                        !before.containsKey(query) || before.get(query).upTo().isBefore(settled))
                .toList();
        if (!due.isEmpty() && clock.instant().isBefore(notBefore())) {
            return each(selectors, unreachable("too many requests; asked again at " + notBefore()));
        }
        return ask(due, before, settled)
                .map(unreachable -> each(selectors, unreachable))
                .orElseGet(() -> samples(queries, arms));
    }

    /** Empty when all went well. Only then is anything added, so that all queries stand at the same moment. */
    private Optional<SourceReading> ask(List<CountQuery> due, Map<CountQuery, RunningTotals> before, Instant settled) {
        List<Optional<CountQueryResult>> answers = ParallelReads.of(
                due, deadline.plus(SLACK), query -> client.ask(query, from(before, query, settled), settled));
        Map<CountQuery, CountQueryResult.Counts> counts = new HashMap<>();
        for (int i = 0; i < due.size(); i++) {
            switch (answers.get(i).orElseGet(this::tooLate)) {
                case CountQueryResult.Refused refused -> {
                    return Optional.of(unreachable(refused.reason()));
                }
                case CountQueryResult.Limited limited -> {
                    return Optional.of(limited(limited.reset()));
                }
                case CountQueryResult.Counts counted -> counts.put(due.get(i), counted);
            }
        }
        add(counts, before, settled);
        return Optional.empty();
    }

    private static Instant from(Map<CountQuery, RunningTotals> before, CountQuery query, Instant settled) {
        RunningTotals runningTotals = before.get(query);
        return runningTotals == null ? settled.minus(LOOK_BACK) : runningTotals.upTo();
    }

    private synchronized Map<CountQuery, RunningTotals> begun(List<CountQuery> queries, Instant settled) {
        totalsByQuery.values().removeIf(runningTotals -> runningTotals.upTo().isBefore(settled.minus(LONGEST_GAP)));
        Map<CountQuery, RunningTotals> begun = new HashMap<>(totalsByQuery);
        begun.keySet().retainAll(queries);
        return begun;
    }

    /** Another reading may have added the same intervals meanwhile: then these are left out. */
    private synchronized void add(
            Map<CountQuery, CountQueryResult.Counts> counts, Map<CountQuery, RunningTotals> before, Instant settled) {
        counts.forEach((query, counted) -> {
            RunningTotals known = before.get(query);
            if (known == null) {
                totalsByQuery.putIfAbsent(query, RunningTotals.begin(settled, counted));
            } else if (known.equals(totalsByQuery.get(query))) {
                totalsByQuery.put(query, known.plus(counted, settled));
            }
        });
    }

    private synchronized List<SourceReading> samples(List<CountQuery> queries, Arms arms) {
        List<SourceReading> readings = new ArrayList<>();
        for (CountQuery query : queries) {
            List<Sample> samples = new ArrayList<>();
            RunningTotals runningTotals = totalsByQuery.get(query);
            if (runningTotals != null) {
                runningTotals
                        .totals()
                        .forEach((tags, total) -> samples.add(
                                new Sample(labels(query, tags, runningTotals, arms), total).at(runningTotals.upTo())));
            }
            readings.add(new SourceReading.Series(samples, List.of()));
        }
        return readings;
    }

    private Map<String, String> labels(
            CountQuery query, Map<String, String> tags, RunningTotals runningTotals, Arms arms) {
        Map<String, String> labels = new HashMap<>();
        labels.put(Selector.NAME_LABEL, query.metric());
        for (String label : arms.valuesByLabel().keySet()) {
            labels.put(label, CountQuery.arm(label, tags.getOrDefault(label, ""), arms));
        }
        labels.put("pod", tags.getOrDefault(properties.podTag(), ""));
        labels.put(SINCE_LABEL, String.valueOf(runningTotals.since().toEpochMilli()));
        return labels;
    }

    private Instant settled() {
        long seconds = clock.instant().minus(SETTLED).getEpochSecond();
        return Instant.ofEpochSecond(seconds - Math.floorMod(seconds, CountQuery.INTERVAL_SECONDS));
    }

    private synchronized Instant notBefore() {
        return notBefore;
    }

    private synchronized SourceReading limited(Duration reset) {
        notBefore = clock.instant().plus(reset);
        return unreachable("too many requests; asked again at " + notBefore);
    }

    private SourceReading unreachable(String reason) {
        return new SourceReading.Unreachable(properties.url() + ": " + reason);
    }

    private CountQueryResult.Refused tooLate() {
        return new CountQueryResult.Refused("no complete answer within " + deadline.toMillis() + " ms");
    }
}
