package dev.portcullis.gate.message.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.gate.message.Delivery;
import dev.portcullis.gate.message.Delivery.Delivered;
import dev.portcullis.gate.message.Draft;
import dev.portcullis.gate.message.MessageTransport;
import dev.portcullis.gate.message.MessageTransport.NoAnswerException;
import dev.portcullis.gate.message.Messenger;
import dev.portcullis.gate.message.SecretFile;
import dev.portcullis.gate.message.SecretFile.UnusableException;
import dev.portcullis.gate.message.slack.SlackApi.RefusedException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Messages to a channel of Slack by its Web API: the first of a release stands in the channel and is brought up to date by each later one, which also stands below it
 * in its thread. Slack has no idempotency keys: what may have been taken is looked for by its metadata before it is sent again.
 *
 * @param receiver name of the receiver
 * @param channel id of the channel
 * @param token file with the bot's token
 * @param apiUrl address of the Web API, without a slash at its end
 */
record SlackMessenger(String receiver, String channel, SecretFile token, String apiUrl) implements Messenger {
    /** What is wrong with the message and not with the channel, the token or Slack. */
    private static final Set<String> FAULTS_OF_MESSAGE = Set.of(
            "invalid_blocks",
            "invalid_blocks_format",
            "msg_blocks_too_long",
            "msg_too_long",
            "no_text",
            "metadata_too_large",
            "invalid_metadata_format",
            "invalid_metadata_schema",
            "invalid_arguments",
            "invalid_array_arg",
            "invalid_json");
    /** There is nothing to bring up to date any more, or nothing that may be. */
    private static final Set<String> HEAD_GONE =
            Set.of("message_not_found", "cant_update_message", "edit_window_closed");
    /** The bot may not look; what is doubtful is sent again then. */
    private static final Set<String> MAY_NOT_LOOK = Set.of("missing_scope", "not_allowed_token_type", "no_permission");

    private static final String EVENT_TYPE = "portcullis_message";
    private static final int PAGE = 200;
    private static final int MOST_PAGES = 5;
    /** Slack's clock may be behind. */
    private static final Duration BEFORE = Duration.ofMinutes(5);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Override
    public URI address() {
        return URI.create(apiUrl);
    }

    @Override
    public String described() {
        return "Slack channel " + channel;
    }

    @Override
    public Optional<String> obstacle(MessageTransport transport) {
        try {
            api(transport).read("auth.test", Map.of());
            return Optional.empty();
        } catch (UnusableException | NoAnswerException | RefusedException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Delivery deliver(Draft draft, MessageTransport transport) {
        try {
            return deliver(draft, api(transport));
        } catch (UnusableException e) {
            return e.failed();
        } catch (NoAnswerException e) {
            return e.failed();
        } catch (RefusedException e) {
            var fault = String.valueOf(e.getMessage());
            return FAULTS_OF_MESSAGE.contains(e.error())
                    ? new Delivery.Refused(fault)
                    : new Delivery.Failed(fault, e.doubtful(), e.pause());
        }
    }

    private SlackApi api(MessageTransport transport) throws UnusableException {
        return new SlackApi(receiver, apiUrl, token.read(), transport);
    }

    /** A head in another channel is that of before the configuration was changed. */
    private Delivery deliver(Draft draft, SlackApi api) throws NoAnswerException, RefusedException {
        var head = draft.thread().flatMap(SlackPlace::of).filter(place -> place.channel()
                .equals(channel));
        return head.isPresent() && updated(draft, api, head.get())
                ? replied(draft, api, head.get())
                : begun(draft, api);
    }

    /** Whether the head says what is new now; if not, it is gone. */
    private boolean updated(Draft draft, SlackApi api, SlackPlace head) throws NoAnswerException, RefusedException {
        try {
            api.write("chat.update", content(draft).put("ts", head.ts()));
            return true;
        } catch (RefusedException e) {
            if (HEAD_GONE.contains(e.error())) {
                return false;
            }
            throw e;
        }
    }

    private Delivery replied(Draft draft, SlackApi api, SlackPlace head) throws NoAnswerException, RefusedException {
        var known = draft.doubtful()
                ? find(draft, api, "conversations.replies", Map.of("ts", head.ts()))
                : Optional.<SlackPlace>empty();
        if (known.isEmpty()) {
            var reply = identified(draft)
                    .put("thread_ts", head.ts())
                    .put("reply_broadcast", draft.message().event().opens());
            api.write("chat.postMessage", reply);
        }
        return new Delivered(Optional.of(head.text()));
    }

    private Delivery begun(Draft draft, SlackApi api) throws NoAnswerException, RefusedException {
        var known =
                draft.doubtful() ? find(draft, api, "conversations.history", Map.of()) : Optional.<SlackPlace>empty();
        var place = known.isPresent() ? known.get() : posted(draft, api);
        return new Delivered(Optional.of(place.text()));
    }

    private SlackPlace posted(Draft draft, SlackApi api) throws NoAnswerException, RefusedException {
        return new SlackPlace(
                channel,
                api.write("chat.postMessage", identified(draft)).path("ts").asText());
    }

    private ObjectNode content(Draft draft) {
        var content = JSON.createObjectNode()
                .put("channel", channel)
                .put("text", SlackBlocks.fallback(draft.message()))
                .put("parse", "none")
                .put("link_names", false);
        content.set("blocks", SlackBlocks.of(draft));
        return content;
    }

    private ObjectNode identified(Draft draft) {
        var content = content(draft).put("unfurl_links", false).put("unfurl_media", false);
        content.putObject("metadata")
                .put("event_type", EVENT_TYPE)
                .putObject("event_payload")
                .put("id", draft.message().id().toString());
        return content;
    }

    /** The message, if it is there already; empty also when the bot may not look. */
    private Optional<SlackPlace> find(Draft draft, SlackApi api, String method, Map<String, String> where)
            throws NoAnswerException, RefusedException {
        var arguments = new HashMap<>(where);
        arguments.put("channel", channel);
        arguments.put("limit", String.valueOf(PAGE));
        arguments.put("include_all_metadata", "true");
        arguments.put("oldest", since(draft.message().news().time()));
        try {
            for (var page = 0; page < MOST_PAGES; page++) {
                var answer = api.read(method, arguments);
                var found = find(draft, answer.path("messages"));
                var next = answer.at("/response_metadata/next_cursor").asText("");
                if (found.isPresent() || next.isEmpty()) {
                    return found;
                }
                arguments.put("cursor", next);
            }
        } catch (RefusedException e) {
            if (!MAY_NOT_LOOK.contains(e.error())) {
                throw e;
            }
        }
        return Optional.empty();
    }

    private static String since(Instant time) {
        return time.minus(BEFORE).getEpochSecond() + ".000000";
    }

    private Optional<SlackPlace> find(Draft draft, JsonNode messages) {
        var id = draft.message().id().toString();
        for (var message : messages) {
            var metadata = message.path("metadata");
            if (metadata.path("event_type").asText().equals(EVENT_TYPE)
                    && metadata.at("/event_payload/id").asText().equals(id)) {
                return Optional.of(new SlackPlace(channel, message.path("ts").asText()));
            }
        }
        return Optional.empty();
    }
}
