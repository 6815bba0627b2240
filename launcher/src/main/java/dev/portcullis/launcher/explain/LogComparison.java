package dev.portcullis.launcher.explain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.gate.v1.Decision;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** The analysis on record of a decision beside the hash of it that the audit log has. Stateless. */
public final class LogComparison {
    private static final JsonMapper JSON = new JsonMapper();

    private LogComparison() {}

    /** What came of it. */
    public enum Result {
        /** The analysis is the one that the entry has the hash of. */
        SAME,
        /** It is another one, or the entry tells of another decision. */
        DIFFERENT,
        /** The log has no entry of the decision. */
        NO_ENTRY,
        /** The log was not asked, as of a saved record; or the decision rests on no analysis. */
        NOT_COMPARED
    }

    /**
     * Compares.
     *
     * @param record as GetDecision gives it with its analysis' record
     * @param entry the body of the decision's entry; empty when the log has none
     */
    public static Result of(Decision record, Optional<String> entry) {
        if (!record.hasAnalysis()) {
            return Result.NOT_COMPARED;
        }
        return entry.map(body -> matches(record, tree(body)) ? Result.SAME : Result.DIFFERENT)
                .orElse(Result.NO_ENTRY);
    }

    private static boolean matches(Decision record, JsonNode entry) {
        return entry.path("decision").path("name").asText().equals(record.getName())
                && entry.path("decision")
                        .path("outcome")
                        .asText()
                        .equals(record.getOutcome().name())
                && entry.path("evidence").path("analysisHash").asText().equals(hash(record.getAnalysisJson()))
                && analysis(record.getAnalysisJson())
                        .filter(record.getAnalysis()::equals)
                        .isPresent();
    }

    /** The analysis that is explained has to be the one whose hash is compared. */
    private static Optional<Analysis> analysis(String json) {
        var analysis = Analysis.newBuilder();
        try {
            JsonFormat.parser().ignoringUnknownFields().merge(json, analysis);
            return Optional.of(analysis.build());
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }

    private static JsonNode tree(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new ExplainException("the entry of the audit log cannot be read: " + e.getOriginalMessage(), e);
        }
    }

    private static String hash(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
