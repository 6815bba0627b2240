package dev.portcullis.analysis.source.scrape;

import dev.portcullis.analysis.source.Access;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What is scraped.
 *
 * @param source name of the source
 * @param targets pages that are always read
 * @param discovery a Prometheus HTTP service discovery that names further ones
 * @param access what gets a request for a page past whatever stands before it; the discovery is asked without
 */
record ScrapeProperties(String source, List<Target> targets, Optional<URI> discovery, Access access) {
    ScrapeProperties {
        targets = List.copyOf(targets);
    }

    /** Pages that are open to everybody. */
    ScrapeProperties(String source, List<Target> targets, Optional<URI> discovery) {
        this(source, targets, discovery, Access.OPEN);
    }
}
