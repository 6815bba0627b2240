package dev.portcullis.gate.testing;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.portcullis.kit.testing.StubHttpServer;
import dev.portcullis.kit.testing.StubHttpServer.Request;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** A receiver of messages as it is documented: it refuses what the real one refuses, remembers that, and knows what it has taken. Thread-safe. */
public abstract class PlayedReceiver implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final List<String> refusals = new CopyOnWriteArrayList<>();
    private final List<Request> arrived = new CopyOnWriteArrayList<>();
    private volatile UnaryOperator<Response> afterwards = UnaryOperator.identity();
    private volatile Response outage;
    private final StubHttpServer server = new StubHttpServer(this::received);

    private Response received(Request request) {
        arrived.add(request);
        var away = outage;
        return away == null ? afterwards.apply(worked(request)) : away;
    }

    /** One after the other; who waits for an answer that is kept back holds up no other. */
    private synchronized Response worked(Request request) {
        return answer(request);
    }

    abstract Response answer(Request request);

    /** From now on nothing is taken and this is answered; null ends that. */
    public void away(Response answer) {
        outage = answer;
    }

    /** From now on what was taken is answered otherwise, as when an answer is lost. */
    public void afterwards(UnaryOperator<Response> change) {
        afterwards = change;
    }

    /** Notes that something was refused that a right client never sends. */
    Response refuse(String why, Response answer) {
        refusals.add(why);
        return answer;
    }

    /** What was refused that a right client never sends. */
    public List<String> refusals() {
        return List.copyOf(refusals);
    }

    /** Every request, also those that were not taken. */
    public List<Request> arrived() {
        return List.copyOf(arrived);
    }

    /** Its address, without a slash at its end. */
    public String address() {
        return server.address();
    }

    /** The JSON of a body; fails on anything else. */
    static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON: " + e.getOriginalMessage(), e);
        }
    }

    static String header(Request request, String name) {
        return request.headers().getOrDefault(name, "");
    }

    @Override
    public void close() {
        server.close();
    }
}
