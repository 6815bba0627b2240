package dev.portcullis.gate.message.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.gate.message.MessageTransport;
import dev.portcullis.gate.message.MessageTransport.Answer;
import dev.portcullis.gate.message.MessageTransport.NoAnswerException;
import dev.portcullis.gate.message.MessageTransport.Post;
import dev.portcullis.kit.text.PlainText;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** Methods of Slack's Web API, called with one token. Used for one delivery. */
final class SlackApi {
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int LONGEST_ERROR = 100;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Slack did not do what it was asked for. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String error;
        private final boolean doubtful;
        private final Duration pause;

        /**
         * A refusal.
         *
         * @param error in Slack's word, such as "channel_not_found"; "http_503" where it had none
         * @param doubtful whether it may have been done all the same
         */
        RefusedException(String method, String error, boolean doubtful, Duration pause) {
            super("Slack answered " + method + " with " + error);
            this.error = error;
            this.doubtful = doubtful;
            this.pause = pause;
        }

        String error() {
            return error;
        }

        boolean doubtful() {
            return doubtful;
        }

        Duration pause() {
            return pause;
        }
    }

    private final String receiver;
    private final String url;
    private final String token;
    private final MessageTransport transport;

    SlackApi(String receiver, String url, String token, MessageTransport transport) {
        this.receiver = receiver;
        this.url = url;
        this.token = token;
        this.transport = transport;
    }

    /** Calls a method that writes. */
    JsonNode write(String method, ObjectNode arguments) throws NoAnswerException, RefusedException {
        return call(method, "application/json; charset=utf-8", arguments.toString());
    }

    /** Calls a method that reads, which takes no JSON. */
    JsonNode read(String method, Map<String, String> arguments) throws NoAnswerException, RefusedException {
        var form = arguments.entrySet().stream()
                .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                .sorted()
                .collect(Collectors.joining("&"));
        return call(method, "application/x-www-form-urlencoded", form);
    }

    private JsonNode call(String method, String contentType, String body) throws NoAnswerException, RefusedException {
        var headers = Map.of("Content-Type", contentType, "Authorization", "Bearer " + token);
        var answer = transport.send(new Post(receiver, URI.create(url + "/" + method), headers, body));
        if (!answer.succeeded()) {
            var tooMany = answer.status() == TOO_MANY_REQUESTS;
            throw new RefusedException(method, "http_" + answer.status(), !tooMany, answer.pause());
        }
        return read(method, answer);
    }

    private static JsonNode read(String method, Answer answer) throws RefusedException {
        JsonNode json;
        try {
            json = JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new RefusedException(method, "no JSON", true, answer.pause());
        }
        if (!json.path("ok").asBoolean(false)) {
            var error = PlainText.line(json.path("error").asText("no error that it names"), LONGEST_ERROR);
            var doubtful = error.equals("fatal_error") || error.equals("internal_error");
            throw new RefusedException(method, error, doubtful, answer.pause());
        }
        return json;
    }
}
