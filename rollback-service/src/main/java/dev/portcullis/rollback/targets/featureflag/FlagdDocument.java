package dev.portcullis.rollback.targets.featureflag;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.portcullis.rollback.exchange.ResponseRedactor;
import dev.portcullis.rollback.plan.Precondition;
import dev.portcullis.rollback.plan.TargetSettings;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A flag in a flag definition of flagd: a JSON object whose {@code flags} has the flags by their keys. Immutable.
 *
 * @param content the document
 * @param places where the flag's values stand in the text
 * @param flag the flag
 * @param variant the variant everybody is to get; empty when the flag is to be DISABLED
 */
record FlagdDocument(String content, JsonPlaces places, JsonNode flag, Optional<String> variant) {
    static final JsonFactory STRICT = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final ObjectMapper JSON = JsonMapper.builder(STRICT)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final String STATE = "state";
    private static final String VARIANTS = "variants";
    private static final String DEFAULT = "defaultVariant";
    private static final String TARGETING = "targeting";
    private static final String DISABLED = "DISABLED";

    /**
     * Reads a document.
     *
     * @param where names it in faults
     * @throws FlagFault when flagd could not read it either, or it has no such flag or variant
     */
    static FlagdDocument read(String text, String where, String flag, Optional<String> variant) throws FlagFault {
        try {
            if (text.isBlank()) {
                // Nobody's definition: somebody is writing it, or the answer broke off before it.
                throw new FlagFault(FlagFault.Kind.PASSING, where + " is empty");
            }
            var flags = JSON.readTree(text).path("flags");
            if (!flags.isObject()) {
                throw new FlagFault(
                        FlagFault.Kind.NOT_POSSIBLE, where + " has no object flags; legal: flagd's flag definition");
            }
            if (!flags.has(flag)) {
                throw new FlagFault(FlagFault.Kind.MISSING, where + " has no flag '" + flag + "'");
            }
            var document = new FlagdDocument(text, JsonPlaces.of(text, "flags", flag), flags.path(flag), variant);
            document.check(where + ", flag '" + flag + "'");
            return document;
        } catch (IOException e) {
            // Somebody may be writing it.
            throw new FlagFault(FlagFault.Kind.PASSING, where + " is no JSON document");
        }
    }

    /** The same of the flag and the variant that settings name. */
    static FlagdDocument read(String text, String where, TargetSettings settings) throws FlagFault {
        var variant = Optional.ofNullable(settings.values().get(FlagKeys.VARIANT));
        return read(text, where, settings.required(FlagKeys.FLAG), variant);
    }

    private void check(String where) throws FlagFault {
        var state = flag.path(STATE).asText();
        if (!state.equals("ENABLED") && !state.equals(DISABLED)) {
            throw new FlagFault(
                    FlagFault.Kind.NOT_POSSIBLE, where + ": state is '" + state + "'; legal: ENABLED, DISABLED");
        }
        if (variant.isPresent() && !flag.path(VARIANTS).has(variant.get())) {
            var legal = String.join(
                    ", ",
                    flag.path(VARIANTS).properties().stream()
                            .map(Map.Entry::getKey)
                            .toList());
            throw new FlagFault(
                    FlagFault.Kind.NOT_POSSIBLE,
                    where + ": there is no variant '" + variant.get() + "'; legal: " + legal);
        }
    }

    /** Whether nobody gets anything but what is wanted. A DISABLED flag is off in any case. */
    boolean off() {
        return disabled()
                || (variant.isPresent()
                        && !targeted()
                        && flag.path(DEFAULT).asText("").equals(variant.get()));
    }

    private boolean disabled() {
        return flag.path(STATE).asText().equals(DISABLED);
    }

    /** flagd takes an empty object for no targeting. */
    private boolean targeted() {
        return !flag.path(TARGETING).isEmpty();
    }

    /** What is set, in a few words. */
    String text() {
        if (disabled()) {
            return DISABLED;
        }
        var usual = flag.path(DEFAULT);
        return "ENABLED, " + (usual.isTextual() ? "default variant " + usual.textValue() : "no default variant")
                + (targeted() ? ", with targeting" : ", no targeting");
    }

    /**
     * What a look shows.
     *
     * @param subject the flag, for people: "flag new-checkout in flags.json"
     * @param version the version of the document
     */
    FlagState state(String subject, String version) {
        var seen = subject + " is " + (off() ? "off" : "on") + " (" + text() + ")";
        return new FlagState(off(), version, seen, content);
    }

    /** What users get once it is off. */
    String offValue() {
        var redactor = new ResponseRedactor(Optional.empty());
        return variant.map(name -> "users get variant " + name + ", "
                        + redactor.text(flag.path(VARIANTS).path(name).toString()))
                .orElse("users get the default in the code");
    }

    /** The same as what people should know before it is switched off. */
    Precondition offValueSet() {
        return new Precondition("OFF_VALUE_SET", true, "once it is off, " + offValue());
    }

    /** What has to be put back to have it on again; not longer than a line. */
    String before() {
        if (variant.isEmpty()) {
            return "state was ENABLED";
        }
        return "defaultVariant was " + flag.path(DEFAULT)
                + (targeted()
                        ? ", targeting was "
                                + new ResponseRedactor(Optional.empty())
                                        .text(flag.path(TARGETING).toString())
                        : "");
    }

    /** The document with the flag switched off, every other character as it was. */
    String switchedOff() {
        Map<String, String> values = new TreeMap<>();
        if (variant.isEmpty()) {
            values.put(STATE, TextNode.valueOf(DISABLED).toString());
        } else {
            values.put(DEFAULT, TextNode.valueOf(variant.get()).toString());
            if (targeted()) {
                values.put(TARGETING, "{}");
            }
        }
        return places.with(content, values);
    }
}
