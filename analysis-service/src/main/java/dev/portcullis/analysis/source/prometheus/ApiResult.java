package dev.portcullis.analysis.source.prometheus;

import com.fasterxml.jackson.databind.JsonNode;

/** What a path of the API gave that is no query, for a look at a server: its labels, its series, what it is. */
sealed interface ApiResult {
    /** What stands under {@code data}. */
    record Data(JsonNode data) implements ApiResult {}

    /** No answer that can be used, and why in one line. */
    record Refused(QueryFailure failure, String reason) implements ApiResult {}
}
