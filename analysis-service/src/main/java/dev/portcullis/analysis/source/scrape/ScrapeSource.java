package dev.portcullis.analysis.source.scrape;

import dev.portcullis.analysis.metric.CounterSource;
import dev.portcullis.analysis.metric.Sample;
import dev.portcullis.analysis.metric.SourceReading;
import dev.portcullis.analysis.query.SeriesIndex;
import dev.portcullis.analysis.query.SeriesQuery;
import dev.portcullis.analysis.source.ParallelReads;
import dev.portcullis.kit.http.TracedHttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads every target once per reading, all at the same time; a target that fails is missing, the others count. Thread-safe. */
final class ScrapeSource implements CounterSource {
    /** Leaves an exchange its own, better worded timeout, and catches what that one does not. */
    static final Duration SLACK = Duration.ofMillis(100);

    private final ScrapeProperties properties;
    private final PageReader pages;
    private final Duration deadline;
    private final Optional<Discovery> discovery;
    private final UnreadTargets unread = new UnreadTargets();

    /**
     * Targets not yet read.
     *
     * @param environment where secrets are looked for, as {@link System#getenv()}
     * @param deadline for one page; the discovery gets less, so that both fit into one reading
     */
    ScrapeSource(
            ScrapeProperties properties, TracedHttpClient http, Map<String, String> environment, Duration deadline) {
        this.properties = properties;
        this.deadline = deadline;
        this.pages = new PageReader(properties, http, environment, deadline);
        this.discovery = properties
                .discovery()
                .map(url -> new Discovery(
                        properties.source(), url, http, deadline.multipliedBy(7).dividedBy(10), pages::forget));
    }

    @Override
    public List<SourceReading> read(List<SeriesQuery> queries, Instant moment) {
        Discovery.DiscoveredTargets discoveredTargets =
                discovery.map(Discovery::find).orElse(Discovery.DiscoveredTargets.NOTHING);
        if (discoveredTargets.targets().isEmpty() && discoveredTargets.unknown()) {
            SourceReading unreachable = new SourceReading.Unreachable(String.join(", ", discoveredTargets.faults()));
            return queries.stream().map(query -> unreachable).toList();
        }
        List<Target> targets = Stream.concat(properties.targets().stream(), discoveredTargets.targets().stream())
                .distinct()
                .toList();
        SeriesIndex index = new SeriesIndex(queries);
        List<Optional<PageReader.Page<Map<Integer, List<Sample>>>>> read =
                ParallelReads.of(targets, deadline.plus(SLACK), target -> pages.read(target, index, moment));
        return together(targets, read, queries.size(), discoveredTargets.faults(), moment);
    }

    private List<SourceReading> together(
            List<Target> targets,
            List<Optional<PageReader.Page<Map<Integer, List<Sample>>>>> read,
            int queries,
            List<String> faults,
            Instant moment) {
        List<List<Sample>> byQuery = Stream.generate(() -> (List<Sample>) new ArrayList<Sample>())
                .limit(queries)
                .toList();
        List<String> missing = new ArrayList<>(faults);
        Map<Target, String> unreadable = new HashMap<>();
        for (int i = 0; i < targets.size(); i++) {
            switch (read.get(i).orElseGet(pages::tooLate)) {
                case PageReader.Failed<?> failed -> {
                    String why = targets.get(i).instance() + ": " + failed.reason();
                    missing.add(why);
                    unreadable.put(targets.get(i), why);
                }
                case PageReader.Read<Map<Integer, List<Sample>>> page ->
                    page.content().forEach((query, of) -> byQuery.get(query).addAll(of));
            }
        }
        unread.see(targets, unreadable, moment);
        return byQuery.stream()
                .<SourceReading>map(samples -> new SourceReading.Series(samples, missing, unread.all()))
                .toList();
    }
}
