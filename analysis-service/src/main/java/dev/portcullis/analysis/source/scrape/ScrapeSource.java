package dev.portcullis.analysis.source.scrape;

import dev.portcullis.analysis.metric.Arms;
import dev.portcullis.analysis.metric.CounterSource;
import dev.portcullis.analysis.metric.LabelMatcher;
import dev.portcullis.analysis.metric.Sample;
import dev.portcullis.analysis.metric.Selector;
import dev.portcullis.analysis.metric.SourceReading;
import dev.portcullis.analysis.source.ParallelReads;
import dev.portcullis.kit.http.TracedHttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Reads every target once per reading, all at the same time; a target that fails is missing, the others count. Thread-safe. */
final class ScrapeSource implements CounterSource {
    /** Leaves an exchange its own, better worded timeout, and catches what that one does not. */
    static final Duration SLACK = Duration.ofMillis(100);

    private final ScrapeProperties properties;
    private final PageReader pages;
    private final Duration deadline;
    private final Optional<Discovery> discovery;

    /**
     * Targets not yet read.
     *
     * @param deadline for one page; the discovery gets less, so that both fit into one reading
     */
    ScrapeSource(ScrapeProperties properties, TracedHttpClient http, Duration deadline) {
        this.properties = properties;
        this.deadline = deadline;
        this.pages = new PageReader(properties.source(), http, deadline);
        this.discovery = properties
                .discovery()
                .map(url -> new Discovery(
                        properties.source(), url, http, deadline.multipliedBy(7).dividedBy(10), pages::forget));
    }

    @Override
    public SourceReading read(List<Selector> selectors, Arms arms) {
        Discovery.Found found = discovery.map(Discovery::find).orElse(Discovery.Found.NOTHING);
        if (found.targets().isEmpty() && found.unknown()) {
            return new SourceReading.Unreachable(String.join(", ", found.faults()));
        }
        List<Target> targets = Stream.concat(properties.targets().stream(), found.targets().stream())
                .distinct()
                .toList();
        LabelMatcher arm = arms.matcher();
        List<Predicate<Map<String, String>>> tests =
                selectors.stream().map(s -> s.with(arm).compiled()).toList();
        List<Optional<PageReader.Page>> read =
                ParallelReads.of(targets, deadline.plus(SLACK), target -> pages.read(target, tests));
        return together(targets, read, tests.size(), found.faults());
    }

    private SourceReading together(
            List<Target> targets, List<Optional<PageReader.Page>> read, int selectors, List<String> faults) {
        List<List<Sample>> bySelector = Stream.generate(() -> (List<Sample>) new ArrayList<Sample>())
                .limit(selectors)
                .toList();
        List<String> missing = new ArrayList<>(faults);
        for (int i = 0; i < targets.size(); i++) {
            switch (read.get(i).orElseGet(pages::tooLate)) {
                case PageReader.Failed failed -> missing.add(targets.get(i).instance() + ": " + failed.reason());
                case PageReader.Whole whole -> throw new IllegalStateException("nobody asked for " + whole);
                case PageReader.Samples samples -> {
                    for (int s = 0; s < selectors; s++) {
                        bySelector.get(s).addAll(samples.bySelector().get(s));
                    }
                }
            }
        }
        return new SourceReading.Series(bySelector, missing);
    }
}
