package dev.portcullis.launcher.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.portcullis.kit.transparency.CanonicalJson;
import dev.portcullis.kit.transparency.ExportedEntry;
import dev.portcullis.kit.transparency.LogFormatException;
import dev.portcullis.kit.transparency.TlogProof;
import dev.portcullis.proto.gate.v1.AuditEntry;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A line of an export: a JSON object of the entry, its index and its proof. Stateless. */
public final class ExportLine {
    /** A key that comes twice could show a reader another value than the one that is proved. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private ExportLine() {}

    /** The line of an entry that has a proof. */
    public static String of(AuditEntry entry) {
        var rest = CanonicalJson.of(Map.of("index", entry.getIndex(), "proof", entry.getProof()));
        return "{\"entry\":" + entry.getBody() + "," + new String(rest, StandardCharsets.UTF_8).substring(1);
    }

    /**
     * Reads a line.
     *
     * @param number of the line, from 1
     * @throws AuditExportException when it is none
     */
    public static ExportedEntry read(int number, String line) {
        try {
            var object = JSON.readTree(line);
            if (!object.path("entry").isObject()
                    || !object.path("index").canConvertToExactIntegral()
                    || !object.path("proof").isTextual()) {
                throw new LogFormatException("is no object with an entry, an index and a proof");
            }
            return new ExportedEntry(
                    number,
                    object.path("index").longValue(),
                    CanonicalJson.of(JSON.convertValue(object.path("entry"), OBJECT)),
                    TlogProof.parse(object.path("proof").textValue()));
        } catch (JsonProcessingException e) {
            throw new AuditExportException("line " + number + " is no JSON: " + e.getOriginalMessage(), e);
        } catch (LogFormatException e) {
            throw new AuditExportException("line " + number + " " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new AuditExportException("line " + number + " is no entry: " + e.getMessage(), e);
        }
    }
}
