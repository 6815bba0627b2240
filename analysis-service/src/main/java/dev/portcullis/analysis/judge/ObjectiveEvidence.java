package dev.portcullis.analysis.judge;

import org.jspecify.annotations.Nullable;

/**
 * Evidence of one objective.
 *
 * @param name as in the plan
 * @param weight share of the combined FAIL evidence, 0 to 1; the shares of a plan add up to 1 unless all are 0
 * @param slo the test against its own limits; null when the plan has none
 * @param baseline the test against the baseline; null when the plan has none
 */
public record ObjectiveEvidence(
        String name,
        double weight,
        @Nullable TestEvidence slo,
        @Nullable TestEvidence baseline) {}
