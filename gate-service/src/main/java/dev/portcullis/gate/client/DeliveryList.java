package dev.portcullis.gate.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.portcullis.gate.github.GitHubApiException;
import dev.portcullis.gate.github.HookDelivery;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;

/** A page of GitHub's list of the deliveries to an app. Stateless. */
final class DeliveryList {
    private static final String EVENT = "deployment_protection_rule";
    private static final String ACTION = "requested";
    private static final int FIRST_TAKEN = 200;
    private static final int FIRST_NOT_TAKEN = 300;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private DeliveryList() {}

    /**
     * Adds those of requests to allow a deployment.
     *
     * @return whether the page reaches as far back as is asked
     * @throws GitHubApiException when it is not what GitHub sends
     */
    static boolean read(String body, Instant since, List<HookDelivery> found) throws GitHubApiException {
        try {
            var reached = false;
            for (var one : JSON.readTree(body)) {
                var at = Instant.parse(one.path("delivered_at").asText());
                reached |= !at.isAfter(since);
                if (at.isAfter(since) && isRequest(one)) {
                    found.add(delivery(one, at));
                }
            }
            return reached;
        } catch (JsonProcessingException | DateTimeException e) {
            throw new GitHubApiException("GitHub answered with a list of deliveries that cannot be read", false);
        }
    }

    private static boolean isRequest(JsonNode one) {
        return one.path("event").asText().equals(EVENT)
                && one.path("action").asText().equals(ACTION);
    }

    private static HookDelivery delivery(JsonNode one, Instant at) {
        var status = one.path("status_code").asInt();
        return new HookDelivery(
                one.path("id").asLong(),
                one.path("guid").asText(),
                at,
                status >= FIRST_TAKEN && status < FIRST_NOT_TAKEN);
    }
}
