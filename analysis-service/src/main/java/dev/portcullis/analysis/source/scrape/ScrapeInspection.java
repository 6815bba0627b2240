package dev.portcullis.analysis.source.scrape;

import dev.portcullis.analysis.inspection.InspectionException;
import dev.portcullis.analysis.inspection.InspectionFailure;
import dev.portcullis.analysis.inspection.MetricType;
import dev.portcullis.analysis.inspection.SourceInspection;
import dev.portcullis.analysis.inspection.SourceSnapshot;
import dev.portcullis.analysis.inspection.TimedSample;
import dev.portcullis.analysis.source.ParallelReads;
import dev.portcullis.kit.http.TracedHttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads all pages whole for each look. Thread-safe. */
final class ScrapeInspection implements SourceInspection {
    private final ScrapeProperties properties;
    private final PageReader pages;
    private final Duration deadline;
    private final InstantSource clock;
    private final Optional<Discovery> discovery;

    ScrapeInspection(
            ScrapeProperties properties,
            TracedHttpClient http,
            Map<String, String> environment,
            Duration deadline,
            InstantSource clock) {
        this.properties = properties;
        this.deadline = deadline;
        this.clock = clock;
        this.pages = new PageReader(properties, http, environment, deadline);
        this.discovery = properties
                .discovery()
                .map(url -> new Discovery(properties.source(), url, http, deadline, pages::forget));
    }

    @Override
    public Optional<SourceSnapshot> look() {
        pages.missingCredentials().ifPresent(missing -> {
            throw new InspectionException(InspectionFailure.CREDENTIALS_MISSING, missing);
        });
        Discovery.DiscoveredTargets discoveredTargets =
                discovery.map(Discovery::find).orElse(Discovery.DiscoveredTargets.NOTHING);
        List<Target> targets = Stream.concat(properties.targets().stream(), discoveredTargets.targets().stream())
                .distinct()
                .toList();
        if (targets.isEmpty()) {
            throw new InspectionException(
                    discoveredTargets.unknown() ? InspectionFailure.UNREACHABLE : InspectionFailure.FAILS,
                    discoveredTargets.unknown()
                            ? String.join(", ", discoveredTargets.faults())
                            : "its service discovery names no target");
        }
        List<Optional<PageReader.Page<PageReader.Whole>>> read =
                ParallelReads.of(targets, deadline.plus(ScrapeSource.SLACK), target -> pages.readWhole(target, clock));
        return Optional.of(together(targets, read, discoveredTargets.faults()));
    }

    private SourceSnapshot together(
            List<Target> targets, List<Optional<PageReader.Page<PageReader.Whole>>> read, List<String> faults) {
        List<TimedSample> samples = new ArrayList<>();
        Map<String, MetricType> types = new HashMap<>();
        List<String> missing = new ArrayList<>(faults);
        List<PageReader.Failed<?>> failed = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            switch (read.get(i).orElseGet(pages::tooLate)) {
                case PageReader.Read<PageReader.Whole> page -> {
                    PageReader.Whole whole = page.content();
                    whole.samples().forEach(sample -> samples.add(new TimedSample(sample, whole.time())));
                    types.putAll(whole.types());
                }
                case PageReader.Failed<?> failure -> {
                    failed.add(failure);
                    missing.add(targets.get(i).instance() + ": " + failure.reason());
                }
            }
        }
        if (failed.size() == targets.size()) {
            throw new InspectionException(
                    failure(failed.getFirst().status()), targets.size() == 1 ? missing.getLast() : all(missing));
        }
        return new PagesSnapshot(samples, types, missing);
    }

    private static String all(List<String> missing) {
        return "none of its pages can be read: "
                + String.join(", ", missing.stream().limit(3).toList());
    }

    private static InspectionFailure failure(int status) {
        return switch (status) {
            case 0 -> InspectionFailure.UNREACHABLE;
            case 401, 403 -> InspectionFailure.ACCESS_REFUSED;
            default -> status < 500 ? InspectionFailure.WRONG_PATH : InspectionFailure.FAILS;
        };
    }
}
