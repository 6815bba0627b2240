package dev.portcullis.gate.client;

import dev.portcullis.gate.message.MessageTransport;
import dev.portcullis.kit.http.HttpCallException;
import dev.portcullis.kit.http.HttpCallException.Kind;
import dev.portcullis.kit.http.RetryAfter;
import dev.portcullis.kit.http.TracedHttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;

/** The way of messages over HTTP; each receiver has a circuit breaker of its own. Thread-safe. */
public final class HttpMessageTransport implements MessageTransport {
    private final TracedHttpClient http;
    private final Clock clock;
    private final Duration limit;

    /** One whose exchanges take {@link MessageTransport#LIMIT} at most. */
    public HttpMessageTransport(TracedHttpClient http, Clock clock) {
        this(http, clock, LIMIT);
    }

    /** The same with another limit. */
    public HttpMessageTransport(TracedHttpClient http, Clock clock, Duration limit) {
        this.http = http;
        this.clock = clock;
        this.limit = limit;
    }

    @Override
    public Answer send(Post post) throws NoAnswerException {
        var request = HttpRequest.newBuilder(post.url())
                .header("User-Agent", "portcullis")
                .POST(BodyPublishers.ofString(post.body()));
        post.headers().forEach(request::header);
        try {
            var response = http.send("message receiver " + post.receiver(), request, limit);
            return new Answer(response.statusCode(), pause(response), response.body());
        } catch (HttpCallException e) {
            var unsent = e.kind() == Kind.CONNECT || e.kind() == Kind.BREAKER_OPEN;
            throw new NoAnswerException(String.valueOf(e.getMessage()), !unsent, e);
        }
    }

    private Duration pause(HttpResponse<String> response) {
        return response.headers()
                .firstValue("Retry-After")
                .map(text -> RetryAfter.parse(text, clock.instant()))
                .orElse(Duration.ZERO);
    }
}
