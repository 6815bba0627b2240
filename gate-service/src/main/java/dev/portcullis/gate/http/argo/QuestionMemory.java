package dev.portcullis.gate.http.argo;

import dev.portcullis.gate.feed.RecentlyUsed;
import dev.portcullis.gate.release.GateRequest;
import io.micronaut.http.HttpRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Questions in query parameters, as they were read and checked before: whoever polls asks the same again and again. Thread-safe. */
final class QuestionMemory {
    private static final int MOST = 1_000;
    /** Longer queries are read each time. */
    private static final int LONGEST = 1_000;

    private final Map<String, GateRequest> byQuery = new RecentlyUsed<>(MOST, (query, question) -> {});

    /** @throws dev.portcullis.gate.release.InvalidFieldException naming the first parameter that is not legal */
    GateRequest of(HttpRequest<?> request) {
        @Nullable String query = request.getUri().getRawQuery();
        if (query == null || query.length() > LONGEST) {
            return ArgoQuestion.ofQuery(request.getParameters());
        }
        synchronized (byQuery) {
            var known = byQuery.get(query);
            if (known != null) {
                return known;
            }
        }
        var question = ArgoQuestion.ofQuery(request.getParameters());
        synchronized (byQuery) {
            byQuery.put(query, question);
        }
        return question;
    }
}
