package dev.portcullis.analysis.source.scrape;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The pages of targets that tell neither by HTTP nor by their format how long they are: they end with the connection, and one that breaks off at a line feed looks whole.
 * Its missing series would be new ones when they are back, with all that they ever counted. So such a page is believed when it has every series that the page before had;
 * the first of a target is not. What a target lacks twice in turn is gone. Thread-safe.
 */
final class UnframedPages {
    /** By target, the labels of all series of its last page. */
    private final Map<Target, Set<Map<String, String>>> lastPages = new ConcurrentHashMap<>();

    /**
     * Takes the next page of a target.
     *
     * @param series the labels of all its series
     * @return why it is not to be believed, in one line
     */
    Optional<String> fault(Target target, Set<Map<String, String>> series) {
        var before = Optional.ofNullable(lastPages.put(target, Set.copyOf(series)));
        if (before.isEmpty()) {
            return Optional.of(
                    "the page ends with its connection, and nothing tells whether it is whole:"
                            + " it is compared with the next one, and counts from then on; a server that sends a Content-Length is read at once");
        }
        var lacking = new HashSet<>(before.get());
        lacking.removeAll(series);
        return lacking.isEmpty()
                ? Optional.empty()
                : Optional.of("the page may be cut off: it ends with its connection and lacks " + lacking.size()
                        + " of the " + before.get().size() + " series of the page before");
    }

    /** Frees what is kept for a target that left. */
    void forget(Target target) {
        lastPages.remove(target);
    }
}
