package dev.portcullis.rollback.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.kit.document.UnreadableDocumentException;
import dev.portcullis.rollback.plan.Limits;
import dev.portcullis.rollback.plan.Plan;
import dev.portcullis.rollback.plan.Recovery;
import dev.portcullis.rollback.plan.Recovery.WithoutProof;
import dev.portcullis.rollback.plan.Stage;
import dev.portcullis.rollback.plan.TargetSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each version stored of a plan is read for ever: {@code stored/<version>}. A form that changes gets a new version, and a new file beside the old ones. */
final class StoredPlanTest {
    private static final Plan PLAN = new Plan(
            List.of(
                    new Stage(
                            new TargetSettings(
                                    "webhook",
                                    "webhook shop",
                                    Map.of("url", "http://h/r?a=1", "readBack", "https://h/\"b\"\\")),
                            false,
                            true),
                    new Stage(new TargetSettings("istio", "shop/checkout", Map.of()), true, false)),
            new Recovery(true, Duration.ofMinutes(7), WithoutProof.ACCEPT),
            new Limits(Duration.ofMinutes(15), Duration.ofMillis(1500), Duration.ofSeconds(1), Duration.ofMinutes(1)));

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void whatAVersionStoredIsReadAsItWasMeant(int version) throws IOException {
        assertEquals(PLAN, StoredPlan.OF_ROLLBACK.read(text(version), "7"));
        assertEquals(PLAN, StoredPlan.OF_PREPARATION.read(text(version), "7"));
    }

    @Test
    void whatIsWrittenIsTheNewestVersion() throws IOException {
        var json = new ObjectMapper();
        assertEquals(json.readTree(text(2)), json.readTree(StoredPlan.OF_ROLLBACK.write(PLAN)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"retryFor", "within", "optional", "withoutProof", "values"})
    void noFieldIsTakenForNothing(String field) throws IOException {
        for (var version : List.of(1, 2)) {
            var text = text(version).replace("\"" + field + "\"", "\"renamed\"");
            var fault = assertThrows(UnreadableDocumentException.class, () -> StoredPlan.OF_ROLLBACK.read(text, "7"));
            var message = String.valueOf(fault.getMessage());
            assertTrue(message.startsWith("rollback.plan of row 7 cannot be read: field "), message);
            assertTrue(
                    message.endsWith("." + field + " is missing") || message.endsWith("renamed is unknown"), message);
        }
    }

    private static String text(int version) throws IOException {
        var path = "/stored/" + version + "/plan.json";
        try (var file = Objects.requireNonNull(StoredPlanTest.class.getResourceAsStream(path), path)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
