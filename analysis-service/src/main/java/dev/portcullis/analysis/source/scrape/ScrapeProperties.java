package dev.portcullis.analysis.source.scrape;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What is scraped.
 *
 * @param source name of the source
 * @param targets pages that are always read
 * @param discovery a Prometheus HTTP service discovery that names further ones
 */
record ScrapeProperties(String source, List<Target> targets, Optional<URI> discovery) {
    ScrapeProperties {
        targets = List.copyOf(targets);
    }
}
