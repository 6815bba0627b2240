package dev.portcullis.gate.kayenta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.decision.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CanaryExecutionTest {
    private static CanaryExecution execution(String pipeline, int pass, int marginal) {
        return new CanaryExecution("checkout", "shop", "east", "c1", "s1", pipeline, pass, marginal);
    }

    /** metricproviders/kayenta/kayenta.go of Argo Rollouts v1.9.2, evaluateResult. */
    private static String argo(int score, int pass, int marginal) {
        return score >= pass ? "Successful" : score >= marginal ? "Inconclusive" : "Failed";
    }

    /** MonitorKayentaCanaryTask of Orca, and the end of its Canary stage. */
    private static String spinnaker(int score, int pass, int marginal) {
        return score <= marginal ? "TERMINAL now" : score < pass ? "TERMINAL as the last" : "SUCCEEDED";
    }

    @ParameterizedTest
    @CsvSource({"95,75", "100,0", "100,99", "1,0", "50,50", "0,0", "100,100"})
    void argoRolloutsDoesWhatWasDecided(int pass, int marginal) {
        var execution = execution("", pass, marginal);
        assertEquals("Successful", argo(execution.score(Outcome.PROMOTE, false).orElseThrow(), pass, marginal));
        assertEquals("Failed", argo(execution.score(Outcome.ABORT, false).orElseThrow(), pass, marginal));
        assertEquals(OptionalInt.empty(), execution.score(Outcome.HOLD, false));
        var held = execution.score(Outcome.HOLD, true);
        assertEquals(pass > marginal, held.isPresent());
        held.ifPresent(score -> assertEquals("Inconclusive", argo(score, pass, marginal)));
    }

    @ParameterizedTest
    @CsvSource({"95,75", "100,0", "100,98", "100,99", "50,50", "0,0", "100,100"})
    void spinnakerDoesWhatWasDecided(int pass, int marginal) {
        var execution = execution("01HX", pass, marginal);
        if (marginal < 100) {
            assertEquals(
                    "SUCCEEDED",
                    spinnaker(execution.score(Outcome.PROMOTE, false).orElseThrow(), pass, marginal));
        }
        assertEquals(
                "TERMINAL now", spinnaker(execution.score(Outcome.ABORT, false).orElseThrow(), pass, marginal));
        var held = execution.score(Outcome.HOLD, false);
        assertEquals(pass > marginal + 1, held.isPresent());
        held.ifPresent(score -> assertEquals("TERMINAL as the last", spinnaker(score, pass, marginal)));
    }

    @Test
    void anIdSaysAllAndNothingElseIsOne() {
        var execution = new CanaryExecution("kasse", "läden ", "", "界".repeat(253), "s1", "", 95, 75);
        var clean = new CanaryExecution("kasse", "läden", "", "界".repeat(253), "s1", "", 95, 75);
        assertEquals(Optional.empty(), CanaryExecution.of(execution.id()), "a blank at the end");
        assertEquals(Optional.of(clean), CanaryExecution.of(clean.id()));
        assertTrue(clean.id().matches("[A-Za-z0-9_-]+"), clean.id());
        assertNotEquals(execution("", 95, 75).id(), execution("", 95, 74).id());
        for (var none : List.of("", "<nil>", "%", "x", clean.id() + "A", clean.id() + "=", encoded("1\na\nb"))) {
            assertEquals(Optional.empty(), CanaryExecution.of(none), none);
        }
        assertFalse(CanaryExecution.of(encoded("1\ncheckout\nshop\n\nc1\ns1\n\n95\n75"))
                .isEmpty());
        for (var wrong : List.of(
                "2\ncheckout\nshop\n\nc1\ns1\n\n95\n75",
                "1\ncheckout\nshop\n\nc1\nc1\n\n95\n75",
                "1\ncheckout\nshop\n\n\ns1\n\n95\n75",
                "1\ncheckout\nshop\n\nc1\ns1\n\n-1\n75",
                "1\ncheckout\nshop\n\nc1\ns1\n\n095\n75",
                "1\ncheckout\nshop\n\nc1\ns1\n\n75\n95",
                "1\ncheckout\nshop\n\nc1\ns1\n\n101\n95")) {
            assertEquals(Optional.empty(), CanaryExecution.of(encoded(wrong)), wrong);
        }
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
