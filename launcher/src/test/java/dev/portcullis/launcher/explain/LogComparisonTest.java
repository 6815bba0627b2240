package dev.portcullis.launcher.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.portcullis.launcher.explain.LogComparison.Result;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.gate.v1.Decision;
import dev.portcullis.proto.gate.v1.Outcome;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The analysis of a record beside the hash of it in the audit log. */
final class LogComparisonTest {
    private static final String NAME = "services/checkout/releases/1/decisions/2";
    private static final String STORED = "{\"name\": \"analyses/1\", \"windowCount\": 4}";
    private static final Decision RECORD = Decision.newBuilder()
            .setName(NAME)
            .setOutcome(Outcome.ABORT)
            .setAnalysis(Analysis.newBuilder().setName("analyses/1").setWindowCount(4))
            .setAnalysisJson(STORED)
            .build();

    private static Optional<String> entry(String name, String outcome, String hash) {
        return Optional.of("{\"decision\":{\"name\":\"" + name + "\",\"outcome\":\"" + outcome
                + "\"},\"evidence\":{\"analysisHash\":\"" + hash + "\"}}");
    }

    private static String hash(String text) throws NoSuchAlgorithmException {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void theEntryHasTheHashOfTheAnalysisAsItIsStored() throws NoSuchAlgorithmException {
        assertEquals(Result.SAME, LogComparison.of(RECORD, entry(NAME, "ABORT", hash(STORED))));
    }

    @Test
    void anotherTextHashDecisionOrOutcomeIsADifference() throws NoSuchAlgorithmException {
        assertEquals(Result.DIFFERENT, LogComparison.of(RECORD, entry(NAME, "ABORT", hash(STORED + " "))));
        assertEquals(Result.DIFFERENT, LogComparison.of(RECORD, entry(NAME + "3", "ABORT", hash(STORED))));
        assertEquals(Result.DIFFERENT, LogComparison.of(RECORD, entry(NAME, "PROMOTE", hash(STORED))));
        assertEquals(Result.DIFFERENT, LogComparison.of(RECORD, Optional.of("{}")));
    }

    @Test
    void aTextOfTheRightHashThatIsNotTheAnalysisThatIsExplainedIsADifference() throws NoSuchAlgorithmException {
        var other = RECORD.toBuilder();
        other.getAnalysisBuilder().setWindowCount(5);
        assertEquals(Result.DIFFERENT, LogComparison.of(other.build(), entry(NAME, "ABORT", hash(STORED))));
    }

    @Test
    void whatHasNoEntryOrNoAnalysisIsToldApart() {
        assertEquals(Result.NO_ENTRY, LogComparison.of(RECORD, Optional.empty()));
        assertEquals(Result.NOT_COMPARED, LogComparison.of(Decision.getDefaultInstance(), Optional.empty()));
        assertThrows(ExplainException.class, () -> LogComparison.of(RECORD, Optional.of("no json")));
    }
}
