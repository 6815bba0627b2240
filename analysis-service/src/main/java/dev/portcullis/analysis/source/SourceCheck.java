package dev.portcullis.analysis.source;

/** What a look at the other side of a source gave, without reading any counter. */
public sealed interface SourceCheck {
    /**
     * It answers, and lets us in.
     *
     * @param description what it says of itself, e.g. "Grafana Mimir 2.14.1"; empty when it says nothing
     */
    record Reachable(String description) implements SourceCheck {}

    /**
     * No counter could be read.
     *
     * @param reason why, in one line, without secrets
     */
    record Unreachable(String reason) implements SourceCheck {}
}
