package dev.portcullis.gate.http.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.portcullis.gate.github.ProtectionRule;
import dev.portcullis.gate.release.InvalidFieldException;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** GitHub's event deployment_protection_rule. GitHub adds fields at will, so those that are not needed are not looked at. Stateless. */
final class RuleRequest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int LONGEST_TEXT = 255;
    private static final Pattern REPOSITORY = Pattern.compile("[A-Za-z0-9_.-]{1,100}/[A-Za-z0-9_.-]{1,100}");
    private static final Pattern SHA = Pattern.compile("[0-9a-f]{40,64}");
    /** The run stands nowhere else; the rest of the address is not used. */
    private static final Pattern RUN = Pattern.compile(".*/actions/runs/([0-9]{1,18})/deployment_protection_rule");

    private RuleRequest() {}

    /**
     * @param traceparent of the webhook
     * @return empty when GitHub asks for nothing
     * @throws InvalidFieldException naming the first field that is missing or not legal
     */
    static Optional<ProtectionRule> of(byte[] body, String delivery, String traceparent, Instant now) {
        JsonNode event;
        try {
            event = JSON.readTree(body);
        } catch (IOException e) {
            throw new InvalidFieldException("body", "is not JSON");
        }
        if (!event.path("action").asText().equals("requested")) {
            return Optional.empty();
        }
        var run = RUN.matcher(text(event, "/deployment_callback_url", Pattern.compile(".{1,2000}")));
        if (!run.matches()) {
            throw new InvalidFieldException(
                    "deployment_callback_url", "ends with no /actions/runs/RUN/deployment_protection_rule");
        }
        return Optional.of(new ProtectionRule(
                delivery,
                number(event, "/installation/id"),
                number(event, "/repository/id"),
                text(event, "/repository/full_name", REPOSITORY),
                text(event, "/environment", Pattern.compile(".{1," + LONGEST_TEXT + "}")),
                Long.parseLong(run.group(1)),
                text(event, "/deployment/sha", SHA),
                traceparent,
                now,
                Optional.empty(),
                0,
                "",
                0));
    }

    private static String text(JsonNode event, String pointer, Pattern legal) {
        var value = event.at(pointer);
        if (!value.isTextual() || !legal.matcher(value.textValue()).matches()) {
            throw new InvalidFieldException(name(pointer), "is missing or not as GitHub sends it");
        }
        return value.textValue();
    }

    private static long number(JsonNode event, String pointer) {
        var value = event.at(pointer);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() <= 0) {
            throw new InvalidFieldException(name(pointer), "is missing or no whole number above 0");
        }
        return value.longValue();
    }

    private static String name(String pointer) {
        return pointer.substring(1).replace('/', '.');
    }
}
