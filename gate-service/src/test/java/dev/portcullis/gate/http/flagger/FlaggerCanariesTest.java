package dev.portcullis.gate.http.flagger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.gate.flagger.FlaggerHook;
import dev.portcullis.gate.http.ShippedYaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The shipped Canaries against what Flagger v1.44.0 takes: charts/flagger/crds/crd.yaml and pkg/apis/flagger/v1beta1/canary.go. */
final class FlaggerCanariesTest {
    private static final String ADDRESS = "http://portcullis-gate:8080/v1/flagger/";
    private static final Pattern DURATION = Pattern.compile("^[0-9]+(m|s)");
    private static final Set<String> HOOK_FIELDS =
            Set.of("name", "type", "muteAlert", "url", "timeout", "retries", "disableTLS", "metadata");
    private static final Set<String> ANALYSIS_FIELDS =
            Set.of("interval", "threshold", "stepWeights", "metrics", "webhooks");
    private static final List<JsonNode> CANARIES = canaries();

    private static List<JsonNode> canaries() {
        try {
            return ShippedYaml.ofKind("flagger", "Canary");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode canary(boolean shadow) {
        return CANARIES.stream()
                .filter(one -> types(one).contains("rollback") != shadow)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> types(JsonNode canary) {
        List<String> types = new ArrayList<>();
        hooks(canary).forEach(hook -> types.add(hook.path("type").textValue()));
        return types;
    }

    private static JsonNode hooks(JsonNode canary) {
        return canary.at("/spec/analysis/webhooks");
    }

    @Test
    void flaggerTakesThem() {
        assertEquals(2, CANARIES.size());
        for (var canary : CANARIES) {
            var analysis = canary.at("/spec/analysis");
            analysis.fieldNames().forEachRemaining(field -> assertTrue(ANALYSIS_FIELDS.contains(field), field));
            assertTrue(DURATION.matcher(analysis.path("interval").textValue()).find());
            assertTrue(analysis.path("threshold").asInt() > 0, "0 counts as 1");
            assertEquals("Deployment", canary.at("/spec/targetRef/kind").textValue());
            Set<String> names = new HashSet<>();
            for (var hook : hooks(canary)) {
                hook.fieldNames().forEachRemaining(field -> assertTrue(HOOK_FIELDS.contains(field), field));
                assertTrue(names.add(hook.path("name").textValue()), "Flagger tells hooks apart by their names");
                var timeout = hook.path("timeout").textValue();
                assertTrue(timeout.length() >= 2 && DURATION.matcher(timeout).find(), timeout);
                hook.path("metadata").forEach(value -> assertTrue(value.isTextual(), value.toString()));
            }
        }
    }

    @Test
    void everyAddressIsAHookOfItsTypeAndItsMetadataIsTaken() {
        for (var canary : CANARIES) {
            for (var hook : hooks(canary)) {
                var type = hook.path("type").textValue();
                assertEquals(ADDRESS + type, hook.path("url").textValue());
                var body =
                        "{\"name\":\"checkout\",\"namespace\":\"shop\",\"phase\":\"Progressing\",\"checksum\":\"a\",\"metadata\":"
                                + hook.path("metadata") + "}";
                var call = HookBody.read(
                        FlaggerHook.ofType(type).orElseThrow(), body.getBytes(StandardCharsets.UTF_8), Instant.EPOCH);
                assertEquals("checkout", call.service());
                assertEquals(hooks(canary).get(0).path("metadata"), hook.path("metadata"), "one service");
            }
        }
    }

    /** A hook may take as long as the gate does, and a tick as long as all its hooks. */
    @Test
    void noHookGivesUpBeforeTheGateDoes() {
        for (var hook : hooks(canary(false))) {
            if (!hook.path("type").textValue().equals("event")) {
                assertTrue(seconds(hook.path("timeout")) > 4, hook.toString());
            }
        }
    }

    @Test
    void aGateThatIsDownForADayTakesNothingBack() {
        var analysis = canary(false).at("/spec/analysis");
        assertEquals(0, analysis.path("metrics").size());
        var ticksOfADay = 24 * 3_600 / seconds(analysis.path("interval"));
        assertTrue(analysis.path("threshold").asInt() > ticksOfADay);
        assertTrue(seconds(analysis.path("interval")) >= 10, "Flagger takes less for 10 s");
    }

    @Test
    void everyHookThatDecidesIsThereAndOnlyTheReportIsSentAgain() {
        var canary = canary(false);
        assertEquals(
                List.of(
                        "confirm-rollout",
                        "rollback",
                        "pre-rollout",
                        "confirm-traffic-increase",
                        "confirm-promotion",
                        "post-rollout",
                        "event"),
                types(canary));
        for (var hook : hooks(canary)) {
            assertEquals(hook.path("type").textValue().equals("post-rollout"), hook.has("retries"), hook.toString());
        }
    }

    @Test
    void theShadowDecidesNothing() {
        var shadow = canary(true);
        assertEquals(List.of("event", "post-rollout"), types(shadow));
        assertFalse(shadow.at("/spec/analysis/metrics").isEmpty(), "Flagger judges by itself");
    }

    private static int seconds(JsonNode duration) {
        var text = duration.textValue();
        var number = Integer.parseInt(text.substring(0, text.length() - 1));
        return text.endsWith("m") ? number * 60 : number;
    }
}
