package dev.portcullis.analysis.judge;

import java.util.OptionalDouble;

/**
 * Evidence of one test, natural logarithms of e-values; may exceed 709, so cap before exponentiating.
 *
 * @param fail evidence that the canary is beyond the FAIL limit
 * @param pass evidence that it is within the PASS limit; empty when the test has no PASS side
 * @param culprit whether this test's weighted share alone reaches the FAIL threshold
 */
public record TestEvidence(double fail, OptionalDouble pass, boolean culprit) {}
