package dev.portcullis.analysis.mannwhitney;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What R 4.2.2 gives for published data and for drawn windows: {@code wilcox.test(canary, baseline, exact = FALSE, conf.int
 * = TRUE, tol.root = 1e-12)}, and as the Hodges-Lehmann estimate {@code median(outer(canary, baseline, "-"))}.
 */
class MannWhitneyReferencesTest {
    /** What is left of R's root finding. */
    private static final double R_TOLERANCE = 1e-9;

    @TestFactory
    Stream<DynamicTest> rAgrees() throws IOException {
        try (InputStream in = MannWhitneyReferencesTest.class.getResourceAsStream("/mann-whitney-references.json")) {
            JsonNode references = new ObjectMapper().readTree(Objects.requireNonNull(in));
            assertTrue(references.size() > 10, "references are missing");
            return references
                    .valueStream()
                    .map(r -> DynamicTest.dynamicTest(r.get("name").asText(), () -> check(r)))
                    .toList()
                    .stream();
        }
    }

    private static void check(JsonNode reference) {
        SortedSample canary = sample(reference.get("canary"));
        SortedSample baseline = sample(reference.get("baseline"));
        Shift shift = MannWhitney.shift(canary, baseline, number(reference, "confidence"));
        assertEquals(number(reference, "u"), shift.u());
        assertEquals(1, MannWhitney.pValue(canary, baseline) / number(reference, "pValue"), 1e-12);
        assertEquals(number(reference, "hodgesLehmann"), shift.estimate());
        assertEquals(number(reference, "lower"), shift.lower(), R_TOLERANCE);
        assertEquals(number(reference, "upper"), shift.upper(), R_TOLERANCE);
    }

    @Test
    void constantArmsNeedNoNoise() {
        // R gives up here, Kayenta adds random noise: the difference is the same for every pair.
        Shift shift = MannWhitney.shift(
                SortedSample.of(0.5, 0.5, 0.5, 0.5, 0.5), SortedSample.of(0.25, 0.25, 0.25, 0.25, 0.25), 0.98);
        assertEquals(0.25, shift.estimate());
        assertEquals(0.25, shift.lower());
        assertEquals(0.25, shift.upper());
        assertEquals(25, shift.u());
    }

    @Test
    void equalConstantArmsAreNotShifted() {
        SortedSample canary = SortedSample.of(0, 0, 0, 0, 0);
        SortedSample baseline = SortedSample.of(0, 0, 0, 0, 0, 0);
        assertEquals(new Shift(0, 0, 0, 15), MannWhitney.shift(canary, baseline, 0.98));
        assertEquals(1, MannWhitney.pValue(canary, baseline));
    }

    private static SortedSample sample(JsonNode values) {
        return SortedSample.of(
                values.valueStream().mapToDouble(JsonNode::asDouble).toArray());
    }

    private static double number(JsonNode reference, String field) {
        return reference.get(field).asDouble();
    }
}
