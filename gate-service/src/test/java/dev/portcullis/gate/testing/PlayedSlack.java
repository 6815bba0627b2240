package dev.portcullis.gate.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.kit.testing.StubHttpServer.Request;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Slack's Web API, as far as a bot in one channel meets it. */
public final class PlayedSlack extends PlayedReceiver {
    public static final String CHANNEL = "C0123456789";
    public static final String TOKEN = "xoxb-12345-a-secret-of-slack";
    private static final int MOST_BLOCKS = 50;
    private static final int PAGE = 2;
    /** What Slack would make a mention or a link of: everything in angle brackets that is no link of ours. */
    private static final Pattern MARKUP = Pattern.compile("<(?!https?://[^<>|]+\\|[a-z]+>)");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** A message as it stands now. */
    public static final class Post {
        private final String ts;
        private final String thread;
        private final JsonNode metadata;
        private volatile JsonNode content;

        Post(String ts, JsonNode content) {
            this.ts = ts;
            this.thread = content.path("thread_ts").asText();
            this.metadata = content.path("metadata");
            this.content = content;
        }

        /** Its time stamp, which is its id. */
        public String ts() {
            return ts;
        }

        /** The head of its thread; empty of a head. */
        public String thread() {
            return thread;
        }

        /** All that was sent of it last. */
        public JsonNode content() {
            return content;
        }

        /** The header of its blocks. */
        public String title() {
            return content.at("/blocks/0/text/text").asText();
        }
    }

    private final List<Post> posts = new CopyOnWriteArrayList<>();
    private final AtomicInteger clock = new AtomicInteger();
    private volatile boolean mayLook = true;

    /** From now on the bot has no right to look at the channel. */
    public void denyLooks() {
        mayLook = false;
    }

    /** Somebody deletes a message. */
    public void delete(Post post) {
        posts.remove(post);
    }

    /** The messages of the channel, threads included, in the order in which they came. */
    public List<Post> posts() {
        return List.copyOf(posts);
    }

    /** The messages of the channel that are in no thread. */
    public List<Post> heads() {
        return posts.stream().filter(post -> post.thread().isEmpty()).toList();
    }

    /** The messages in the thread of one, without itself. */
    public List<Post> replies(Post head) {
        return posts.stream().filter(post -> post.thread().equals(head.ts())).toList();
    }

    @Override
    Response answer(Request request) {
        if (!header(request, "authorization").equals("Bearer " + TOKEN)) {
            return error("invalid_auth");
        }
        var method = request.uri().getPath().substring(1);
        return switch (method) {
            case "chat.postMessage", "chat.update" -> written(method, request);
            case "conversations.history", "conversations.replies", "auth.test" -> read(method, request);
            default -> refuse(method, error("unknown_method"));
        };
    }

    private Response written(String method, Request request) {
        if (!header(request, "content-type").equals("application/json; charset=utf-8")) {
            return refuse("content type", error("invalid_form_data"));
        }
        var content = json(request.body());
        if (!content.path("channel").asText().equals(CHANNEL)) {
            return error("channel_not_found");
        }
        var fault = fault(content);
        if (fault.isPresent()) {
            return refuse(fault.get(), error("invalid_blocks"));
        }
        return method.equals("chat.update") ? updated(content) : posted(content);
    }

    private Response posted(JsonNode content) {
        var thread = content.path("thread_ts").asText();
        if (!thread.isEmpty() && find(thread).isEmpty()) {
            return refuse("a thread that is not there", error("thread_not_found"));
        }
        var post = new Post("1700000000.%06d".formatted(clock.incrementAndGet()), content);
        posts.add(post);
        return ok(JSON.createObjectNode().put("ts", post.ts()).put("channel", CHANNEL));
    }

    private Response updated(JsonNode content) {
        return find(content.path("ts").asText())
                .map(post -> {
                    post.content = content;
                    return ok(JSON.createObjectNode().put("ts", post.ts()).put("channel", CHANNEL));
                })
                .orElseGet(() -> error("message_not_found"));
    }

    private Optional<Post> find(String ts) {
        return posts.stream().filter(post -> post.ts().equals(ts)).findFirst();
    }

    private Response read(String method, Request request) {
        if (!header(request, "content-type").equals("application/x-www-form-urlencoded")) {
            return refuse("content type of a form", error("invalid_form_data"));
        }
        var form = form(request.body());
        if (method.equals("auth.test")) {
            return ok(JSON.createObjectNode().put("user", "portcullis"));
        }
        if (!mayLook) {
            return error("missing_scope");
        }
        var wanted = method.equals("conversations.history") ? heads() : thread(form.getOrDefault("ts", ""));
        return page(wanted.reversed(), form);
    }

    private List<Post> thread(String ts) {
        return posts.stream()
                .filter(post -> post.ts().equals(ts) || post.thread().equals(ts))
                .toList();
    }

    /** Small pages, and metadata only for who asks for it. */
    private static Response page(List<Post> wanted, Map<String, String> form) {
        var from = Integer.parseInt(form.getOrDefault("cursor", "0"));
        var answer = JSON.createObjectNode();
        var messages = answer.putArray("messages");
        wanted.stream().skip(from).limit(PAGE).forEach(post -> {
            var message = messages.addObject().put("ts", post.ts());
            if (form.getOrDefault("include_all_metadata", "").equals("true") && post.metadata.isObject()) {
                message.set("metadata", post.metadata);
            }
        });
        if (wanted.size() > from + PAGE) {
            answer.putObject("response_metadata").put("next_cursor", String.valueOf(from + PAGE));
        }
        return ok(answer);
    }

    private static Map<String, String> form(String body) {
        return Arrays.stream(body.split("&"))
                .filter(part -> part.contains("="))
                .collect(Collectors.toMap(
                        part -> part.substring(0, part.indexOf('=')),
                        part -> URLDecoder.decode(part.substring(part.indexOf('=') + 1), StandardCharsets.UTF_8)));
    }

    /** What Slack refuses of a message, and what it would show as something else than was meant. */
    private static Optional<String> fault(JsonNode content) {
        var blocks = content.path("blocks");
        if (!blocks.isArray() || blocks.isEmpty() || blocks.size() > MOST_BLOCKS) {
            return Optional.of("number of blocks");
        }
        if (content.path("text").asText().isEmpty()
                || content.path("text").asText().length() > 4_000) {
            return Optional.of("text");
        }
        if (MARKUP.matcher(content.path("text").asText()).find()) {
            return Optional.of("markup in " + content.path("text"));
        }
        return StreamSupport.stream(blocks.spliterator(), false)
                .flatMap(block -> fault(block.path("type").asText(), block).stream())
                .findFirst();
    }

    private static Optional<String> fault(String type, JsonNode block) {
        return switch (type) {
            case "header" -> text(block.path("text"), "plain_text", 150);
            case "section" ->
                block.has("fields") ? fields(block.path("fields")) : text(block.path("text"), "mrkdwn", 3_000);
            case "context" -> text(block.at("/elements/0"), "mrkdwn", 3_000);
            case "actions" -> buttons(block.path("elements"));
            default -> Optional.of("block of type " + type);
        };
    }

    private static Optional<String> fields(JsonNode fields) {
        return fields.isEmpty() || fields.size() > 10
                ? Optional.of("number of fields")
                : StreamSupport.stream(fields.spliterator(), false)
                        .flatMap(field -> text(field, "mrkdwn", 2_000).stream())
                        .findFirst();
    }

    private static Optional<String> buttons(JsonNode buttons) {
        for (var button : buttons) {
            var url = button.path("url").asText();
            if (!button.path("type").asText().equals("button") || url.isEmpty() || url.length() > 3_000) {
                return Optional.of("button");
            }
            var fault = text(button.path("text"), "plain_text", 75);
            if (fault.isPresent()) {
                return fault;
            }
        }
        return buttons.isEmpty() || buttons.size() > 25 ? Optional.of("number of buttons") : Optional.empty();
    }

    private static Optional<String> text(JsonNode text, String type, int most) {
        var words = text.path("text").asText();
        if (!text.path("type").asText().equals(type) || words.isEmpty() || words.length() > most) {
            return Optional.of(type + " of " + words.length() + " characters: " + text);
        }
        return MARKUP.matcher(words).find() || words.matches("(?s).*&(?!amp;|lt;|gt;).*")
                ? Optional.of("markup in " + words)
                : Optional.empty();
    }

    private static Response error(String error) {
        return Response.json(200, "{\"ok\":false,\"error\":\"" + error + "\"}");
    }

    private static Response ok(ObjectNode answer) {
        return Response.json(200, answer.put("ok", true).toString());
    }
}
