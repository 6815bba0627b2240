package dev.portcullis.rollback.targets.featureflag;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.rollback.exchange.ResponseRedactor;
import dev.portcullis.rollback.plan.Precondition;
import dev.portcullis.rollback.plan.TargetSettings;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * A flag as LaunchDarkly tells it, in one environment.
 *
 * @param flag the whole flag
 * @param inEnvironment its settings in the environment: {@code on} and {@code version} are there and of the right type
 */
record LaunchDarklyFlag(JsonNode flag, JsonNode inEnvironment) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** @throws FlagFault when the answer is no flag, or the flag is not in the environment */
    static LaunchDarklyFlag read(FlagResponse response, TargetSettings settings) throws FlagFault {
        try {
            return of(response.body(), settings);
        } catch (FlagFault e) {
            throw new FlagFault(e.kind(), response.call() + " answered " + e.text());
        }
    }

    /** @throws FlagFault when the text is no flag, or the flag is not in the environment */
    static LaunchDarklyFlag of(String text, TargetSettings settings) throws FlagFault {
        var environment = settings.required(FlagKeys.ENVIRONMENT);
        var flag = parse(text);
        var found = flag.path("environments").path(environment);
        if (flag.path("environments").isObject() && found.isMissingNode()) {
            throw new FlagFault(FlagFault.Kind.MISSING, "a flag without an environment '" + environment + "'");
        }
        if (!found.path("on").isBoolean() || !found.path("version").isIntegralNumber()) {
            throw new FlagFault(
                    FlagFault.Kind.PASSING,
                    "no flag with environments." + environment + ".on, a boolean, and .version, a whole number");
        }
        return new LaunchDarklyFlag(flag, found);
    }

    private static JsonNode parse(String text) throws FlagFault {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new FlagFault(FlagFault.Kind.PASSING, "no JSON");
        }
    }

    boolean on() {
        return inEnvironment.path("on").booleanValue();
    }

    long version() {
        return inEnvironment.path("version").longValue();
    }

    String json() {
        return flag.toString();
    }

    Set<String> tags() {
        return StreamSupport.stream(flag.path("tags").spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Which value users get once it is off. */
    Precondition offValue() {
        var variation = inEnvironment.path("offVariation").isIntegralNumber()
                ? flag.path("variations")
                        .path(inEnvironment.path("offVariation").intValue())
                : flag.path("none");
        if (variation.isMissingNode()) {
            return new Precondition(
                    "OFF_VALUE_SET",
                    false,
                    "no off variation is set: once it is off, users get the default in the code");
        }
        var name = Optional.ofNullable(variation.path("name").textValue());
        var value = new ResponseRedactor(Optional.empty())
                .text(variation.path("value").toString());
        return new Precondition(
                "OFF_VALUE_SET",
                true,
                "once it is off, users get " + value
                        + name.map(n -> " (" + n + ")").orElse(""));
    }
}
