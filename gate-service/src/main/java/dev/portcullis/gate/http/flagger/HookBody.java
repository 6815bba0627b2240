package dev.portcullis.gate.http.flagger;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.gate.flagger.FlaggerHook;
import dev.portcullis.gate.flagger.HookCall;
import dev.portcullis.gate.http.JsonFields;
import dev.portcullis.gate.release.GateRequest;
import dev.portcullis.gate.release.InvalidFieldException;
import dev.portcullis.kit.http.JsonBody;
import dev.portcullis.kit.text.PlainText;
import dev.portcullis.kit.text.RequestName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The body of a hook's call. Fields that a newer Flagger may send are passed over; the metadata is what people write into a Canary, so that there a name nobody
 * knows is refused as the typo it may be.
 */
final class HookBody {
    private static final String METADATA = "metadata";
    private static final String MESSAGE = "eventMessage";
    private static final List<String> SETTINGS = List.of("service", "target", "canary", "stable", "dryRun");
    private static final List<String> OF_EVENTS = List.of(MESSAGE, "eventType", "timestamp");

    /** In bytes. */
    private static final int LONGEST_NAME = 100;

    private HookBody() {}

    /** @throws InvalidFieldException naming the first field that is not legal, or "body" when there are no fields to name */
    static HookCall read(FlaggerHook hook, byte[] body, Instant received) {
        var object = JsonFields.object(body);
        var metadata = metadata(hook, object.path(METADATA));
        var name = name(object, "name");
        var target = metadata.getOrDefault("target", name);
        return new HookCall(
                hook,
                name(object, "namespace"),
                name,
                phase(object),
                name(object, "checksum"),
                metadata.getOrDefault("service", name),
                metadata.getOrDefault("canary", target),
                metadata.getOrDefault("stable", target + "-primary"),
                dryRun(metadata.getOrDefault("dryRun", "false")),
                metadata.getOrDefault(MESSAGE, ""),
                received);
    }

    /** Flagger's metadata are all texts. */
    private static boolean dryRun(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new InvalidFieldException(
                    METADATA + ".dryRun", "is " + RequestName.shown(text) + "; legal: true, false");
        }
        return text.equals("true");
    }

    /** Empty before Flagger has looked at a Canary for the first time. */
    private static String phase(JsonNode object) {
        var phase = JsonFields.text("phase", object.path("phase"));
        return GateRequest.checked("phase", phase);
    }

    private static String name(JsonNode object, String field) {
        var value = JsonFields.text(field, object.path(field));
        if (value.isEmpty()) {
            throw new InvalidFieldException(
                    field, "is empty, 1 to " + RequestName.LONGEST + " characters are required");
        }
        return GateRequest.checked(field, value);
    }

    private static Map<String, String> metadata(FlaggerHook hook, JsonNode node) {
        Map<String, String> values = new TreeMap<>();
        if (node.isMissingNode()) {
            return values;
        }
        if (!node.isObject()) {
            throw new InvalidFieldException(METADATA, "is " + JsonBody.kind(node) + "; an object is expected");
        }
        for (var entry : node.properties()) {
            var field = METADATA + "." + PlainText.line(entry.getKey(), LONGEST_NAME);
            var value = JsonFields.text(field, entry.getValue());
            if (SETTINGS.contains(entry.getKey())) {
                values.put(entry.getKey(), setting(field, value));
            } else if (hook == FlaggerHook.EVENT && OF_EVENTS.contains(entry.getKey())) {
                values.put(entry.getKey(), value);
            } else {
                throw new InvalidFieldException(field, "unknown; legal: " + legal(hook));
            }
        }
        return values;
    }

    private static String setting(String field, String value) {
        if (value.isEmpty()) {
            throw new InvalidFieldException(field, "is empty; give it a value, or leave it out");
        }
        return GateRequest.checked(field, value);
    }

    private static String legal(FlaggerHook hook) {
        return (hook == FlaggerHook.EVENT ? Stream.concat(SETTINGS.stream(), OF_EVENTS.stream()) : SETTINGS.stream())
                .collect(Collectors.joining(", "));
    }
}
