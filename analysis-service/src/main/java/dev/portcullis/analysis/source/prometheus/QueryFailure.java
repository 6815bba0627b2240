package dev.portcullis.analysis.source.prometheus;

/** Why there is no result that can be used, as far as it matters to whoever asked. */
enum QueryFailure {
    /** The server refuses this query: it is wrong, or too large for the server's own limits. A smaller one may pass. */
    QUERY,
    /** The result is larger than is allowed here. A narrower query may pass. */
    LIMIT,
    /** No query would get an answer that can be used: no connection, too slow, not let in, overloaded, a part of its data missing, or no Prometheus at all. */
    AWAY
}
