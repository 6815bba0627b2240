package dev.portcullis.gate.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.portcullis.gate.github.GitHubApi;
import dev.portcullis.gate.github.GitHubApiException;
import dev.portcullis.gate.github.GitHubApp;
import dev.portcullis.gate.github.HookDelivery;
import dev.portcullis.gate.github.ProtectionRule;
import dev.portcullis.kit.http.HttpCallException;
import dev.portcullis.kit.http.TracedHttpClient;
import dev.portcullis.kit.text.PlainText;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * GitHub's REST API as an installation of the app. Its tokens, which last for an hour, may do no more than write deployments of the one repository, and are used
 * again until shortly before their end. Every address is made of the configured one: what a webhook says of addresses is not called. Thread-safe.
 */
public final class GitHubClient implements GitHubApi {
    private static final String DOWNSTREAM = "github";
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final Duration SHORTEST_LEFT = Duration.ofMinutes(5);
    private static final int LONGEST_FAULT = 300;
    private static final String DELIVERIES = "/app/hook/deliveries";
    /** GitHub gives a hundred at most. */
    private static final int PAGE = 100;

    private static final int MOST_PAGES = 10;
    /** Where the next page begins, of the header Link; the address it stands in is not called. */
    private static final Pattern NEXT =
            Pattern.compile("[?&]cursor=([A-Za-z0-9_.%-]{1,200})[^>]*>\\s*;\\s*rel=\"next\"");

    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final int CREATED = 201;
    private static final int NO_CONTENT = 204;
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final int UNPROCESSABLE = 422;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private record Place(String clientId, String apiUrl, long installation, long repository) {}

    private record Token(String value, Instant end) {}

    private final TracedHttpClient http;
    private final Clock clock;
    private final Map<Place, Token> tokens = new ConcurrentHashMap<>();

    public GitHubClient(TracedHttpClient http, Clock clock) {
        this.http = http;
        this.clock = clock;
    }

    @Override
    public void review(GitHubApp app, ProtectionRule rule, Review review, String comment) throws GitHubApiException {
        var place = new Place(app.clientId(), app.apiUrl(), rule.installation(), rule.repositoryId());
        var body = JSON.createObjectNode().put("environment_name", rule.environment());
        switch (review) {
            case APPROVED -> body.put("state", "approved");
            case REJECTED -> body.put("state", "rejected");
            case REPORT -> {} // without a state it is a report
        }
        body.put("comment", comment);
        var path = "/repos/" + rule.repository() + "/actions/runs/" + rule.run() + "/deployment_protection_rule";
        var response = post(app.apiUrl() + path, token(app, place).value(), body);
        if (response.statusCode() == UNAUTHORIZED) {
            // Revoked before its end: the next try asks for another.
            tokens.remove(place);
        }
        if (response.statusCode() != NO_CONTENT) {
            var gone = response.statusCode() == NOT_FOUND || response.statusCode() == UNPROCESSABLE;
            throw refused(path, response, gone);
        }
    }

    @Override
    public List<HookDelivery> deliveries(GitHubApp app, Instant since) throws GitHubApiException {
        List<HookDelivery> found = new ArrayList<>();
        var query = "";
        for (var page = 0; page < MOST_PAGES; page++) {
            var path = DELIVERIES + "?per_page=" + PAGE + query;
            var response = send(request(app.apiUrl() + path, AppToken.of(app, clock.instant())));
            if (response.statusCode() != OK) {
                throw refused(DELIVERIES, response, false);
            }
            var whole = DeliveryList.read(response.body(), since, found);
            var next = NEXT.matcher(response.headers().firstValue("Link").orElse(""));
            if (whole || !next.find()) {
                break;
            }
            query = "&cursor=" + next.group(1);
        }
        return found;
    }

    @Override
    public void redeliver(GitHubApp app, HookDelivery delivery) throws GitHubApiException {
        var path = DELIVERIES + "/" + delivery.id() + "/attempts";
        var response = post(app.apiUrl() + path, AppToken.of(app, clock.instant()), JSON.createObjectNode());
        if (response.statusCode() != ACCEPTED) {
            var gone = response.statusCode() == NOT_FOUND || response.statusCode() == UNPROCESSABLE;
            throw refused(path, response, gone);
        }
    }

    private Token token(GitHubApp app, Place place) throws GitHubApiException {
        var known = tokens.get(place);
        if (known != null && known.end().minus(SHORTEST_LEFT).isAfter(clock.instant())) {
            return known;
        }
        var body = JSON.createObjectNode();
        body.putArray("repository_ids").add(place.repository());
        body.putObject("permissions").put("deployments", "write");
        var path = "/app/installations/" + place.installation() + "/access_tokens";
        var response = post(app.apiUrl() + path, AppToken.of(app, clock.instant()), body);
        if (response.statusCode() != CREATED) {
            throw refused(path, response, false);
        }
        var token = read(path, response.body());
        tokens.put(place, token);
        return token;
    }

    /** The body of this answer is a secret: no fault shows any of it. */
    private static Token read(String path, String body) throws GitHubApiException {
        try {
            var answer = JSON.readTree(body);
            var value = answer.path("token").asText();
            if (value.matches("[\\x21-\\x7e]+")) {
                return new Token(value, Instant.parse(answer.path("expires_at").asText()));
            }
        } catch (JsonProcessingException | DateTimeException e) {
            throw new GitHubApiException("GitHub answered " + path + " with no token that can be read", false);
        }
        throw new GitHubApiException("GitHub answered " + path + " with no token", false);
    }

    private HttpResponse<String> post(String address, String token, JsonNode body) throws GitHubApiException {
        return send(request(address, token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString())));
    }

    private static HttpRequest.Builder request(String address, String token) {
        return HttpRequest.newBuilder(URI.create(address))
                .header("Accept", "application/vnd.github+json")
                .header("X-GitHub-Api-Version", "2022-11-28")
                .header("User-Agent", "portcullis")
                .header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws GitHubApiException {
        try {
            return http.send(DOWNSTREAM, request, DEADLINE);
        } catch (HttpCallException e) {
            throw new GitHubApiException("GitHub cannot be reached: " + e.getMessage(), false);
        }
    }

    private static GitHubApiException refused(String path, HttpResponse<String> response, boolean gone) {
        return new GitHubApiException(
                "GitHub answered " + path + " with status " + response.statusCode() + ": "
                        + PlainText.line(response.body(), LONGEST_FAULT),
                gone);
    }
}
