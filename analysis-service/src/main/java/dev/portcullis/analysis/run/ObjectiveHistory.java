package dev.portcullis.analysis.run;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.stats.ConfidenceInterval;
import java.util.Optional;

/**
 * What the first windows of an analysis amount to for one objective. Of a latency, bad requests are those slower than the boundary
 * that the FAIL side of the test against fixed limits looks at.
 *
 * @param slo the objective's name
 * @param counts requests in those windows
 * @param canary bounds on the canary's ratio of bad requests, as {@link ObjectiveBounds#ratio} has them after those windows
 * @param baseline bounds of the same kind on the baseline's ratio; empty without a baseline
 */
public record ObjectiveHistory(
        String slo, ArmCounts counts, ConfidenceInterval canary, Optional<ConfidenceInterval> baseline) {}
