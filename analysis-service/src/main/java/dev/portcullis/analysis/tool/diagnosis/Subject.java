package dev.portcullis.analysis.tool.diagnosis;

/** What a finding is about, as the configuration names it. */
public sealed interface Subject {
    /** A metric source. */
    record OfSource(String source) implements Subject {}

    /** The policy of a service. */
    record OfPolicy(String service) implements Subject {}

    /**
     * A query.
     *
     * @param service whose policy uses it
     * @param objective name of the SLO
     * @param part "good", "bad", "total" or "histogram"
     */
    record OfQuery(String service, String objective, String part) implements Subject {}
}
