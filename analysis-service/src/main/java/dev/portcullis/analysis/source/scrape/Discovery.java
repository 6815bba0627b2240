package dev.portcullis.analysis.source.scrape;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.portcullis.analysis.source.Access;
import dev.portcullis.analysis.source.ParallelReads;
import dev.portcullis.analysis.source.SecretException;
import dev.portcullis.analysis.source.SourceClient;
import dev.portcullis.kit.http.HttpCallException;
import dev.portcullis.kit.http.TracedHttpClient;
import dev.portcullis.kit.tls.TlsFilesException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A Prometheus HTTP service discovery. Remembers its last good answer, which stands in while it fails. Thread-safe.
 */
final class Discovery {
    private static final int OK = 200;
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * What is known now.
     *
     * @param targets those of the last good answer
     * @param unknown whether there never was a good answer
     * @param faults what is wrong now, one line each
     */
    record DiscoveredTargets(List<Target> targets, boolean unknown, List<String> faults) {
        static final DiscoveredTargets NOTHING = new DiscoveredTargets(List.of(), false, List.of());

        DiscoveredTargets {
            targets = List.copyOf(targets);
            faults = List.copyOf(faults);
        }
    }

    /** An answer that is none; the message is one line. */
    private static final class NoAnswerException extends Exception {
        private static final long serialVersionUID = 1L;

        NoAnswerException(String reason) {
            super(reason);
        }
    }

    private final String breaker;
    private final URI url;
    private final SourceClient client;
    private final Duration deadline;
    private final Consumer<Target> onLeaving;
    private volatile DiscoveredTargets last = new DiscoveredTargets(List.of(), true, List.of());

    /**
     * A discovery not yet asked.
     *
     * @param deadline for one answer
     * @param onLeaving hears of targets that are named no more
     */
    Discovery(String source, URI url, TracedHttpClient http, Duration deadline, Consumer<Target> onLeaving) {
        this.breaker = "metrics:" + source + ":discovery";
        this.url = url;
        this.client = new SourceClient(Access.OPEN, http, Map.of());
        this.deadline = deadline;
        this.onLeaving = onLeaving;
    }

    DiscoveredTargets find() {
        return ParallelReads.of(List.of(url), deadline.plus(ScrapeSource.SLACK), this::ask)
                .getFirst()
                .orElseGet(() -> stale("no complete answer within " + deadline.toMillis() + " ms"));
    }

    private DiscoveredTargets ask(URI address) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header("Accept", "application/json")
                .GET();
        try {
            SourceClient.Response response = client.send(breaker, request, deadline);
            if (response.status() != OK) {
                return stale(response.redirect().orElse("status " + response.status()));
            }
            DiscoveredTargets discoveredTargets = new DiscoveredTargets(targets(response.body()), false, List.of());
            last.targets().stream()
                    .filter(target -> !discoveredTargets.targets().contains(target))
                    .forEach(onLeaving);
            last = discoveredTargets;
            return discoveredTargets;
        } catch (HttpCallException | SecretException | TlsFilesException | NoAnswerException e) {
            return stale(String.valueOf(e.getMessage()));
        }
    }

    private DiscoveredTargets stale(String reason) {
        DiscoveredTargets known = last;
        String instead = known.unknown() ? "" : "; the " + known.targets().size() + " targets it last named are read";
        return new DiscoveredTargets(
                known.targets(), known.unknown(), List.of("service discovery: " + reason + instead));
    }

    private static List<Target> targets(String body) throws NoAnswerException {
        JsonNode root;
        try {
            root = JSON.readTree(body);
        } catch (JsonEOFException e) {
            throw new NoAnswerException("the answer is cut off: its JSON has no end");
        } catch (JsonProcessingException e) {
            throw new NoAnswerException("the answer is not JSON");
        }
        // What a server in Go writes for an empty list.
        if (!root.isArray() && !root.isNull()) {
            throw new NoAnswerException("the answer is not a list of {\"targets\": [...], \"labels\": {...}}");
        }
        List<Target> targets = new ArrayList<>();
        for (JsonNode group : root) {
            addGroup(group, targets);
        }
        return targets;
    }

    private static void addGroup(JsonNode group, List<Target> targets) throws NoAnswerException {
        if (!group.path("targets").isArray() && !group.path("targets").isNull()) {
            throw new NoAnswerException("a group without a list of targets");
        }
        Map<String, String> labels = new HashMap<>();
        group.path("labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        for (JsonNode target : group.path("targets")) {
            try {
                targets.add(Target.discovered(target.asText(), labels));
            } catch (IllegalArgumentException e) {
                throw new NoAnswerException("target '" + target.asText() + "': " + e.getMessage());
            }
        }
    }
}
