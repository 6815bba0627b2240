package dev.portcullis.launcher.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.portcullis.kit.rpc.ProtoTimes;
import dev.portcullis.kit.text.PlainText;
import dev.portcullis.proto.gate.v1.AuditEntry;
import java.time.temporal.ChronoUnit;

/** Entries of the audit log as lines for people. Stateless. */
public final class AuditText {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int LONGEST = 300;

    private AuditText() {}

    /** One line: when, its place, what, by whom, on what, what came of it and why. */
    public static String line(AuditEntry entry) {
        var body = body(entry);
        var decision = body.path("decision").path("outcome").asText("");
        var line = ProtoTimes.instant(entry.getRecordTime()).truncatedTo(ChronoUnit.SECONDS)
                + "  " + (entry.hasIndex() ? String.valueOf(entry.getIndex()) : "-")
                + "  " + body.path("action").asText("?")
                + (decision.isEmpty() ? "" : " " + decision)
                + "  " + body.path("actor").path("name").asText("?")
                + (body.path("outcome").asText("").equals("SUCCESS")
                        ? ""
                        : "  " + body.path("outcome").asText("?"))
                + text("  ", body.path("object"))
                + text("  ", body.path("why"));
        return PlainText.line(line, LONGEST);
    }

    private static String text(String before, JsonNode value) {
        return value.asText("").isEmpty() ? "" : before + value.asText();
    }

    private static JsonNode body(AuditEntry entry) {
        try {
            return JSON.readTree(entry.getBody());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the body of an entry is no JSON", e);
        }
    }
}
