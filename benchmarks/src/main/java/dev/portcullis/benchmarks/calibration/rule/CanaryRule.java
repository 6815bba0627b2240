package dev.portcullis.benchmarks.calibration.rule;

import dev.portcullis.benchmarks.calibration.workload.Polls;

/** What decides on a canary. Immutable, and the same outcome for the same polls. */
public interface CanaryRule {
    /** Its name in tables. */
    String name();

    /** What this rule makes of a run. */
    CanaryOutcome run(Polls polls);
}
