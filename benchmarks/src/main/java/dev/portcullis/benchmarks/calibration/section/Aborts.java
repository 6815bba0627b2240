package dev.portcullis.benchmarks.calibration.section;

import dev.portcullis.benchmarks.calibration.figure.Proportion;
import dev.portcullis.benchmarks.calibration.rule.CanaryOutcome;
import java.util.List;
import java.util.stream.Stream;

/**
 * How often canaries were taken back.
 *
 * @param first before a promotion: what an actor sees who acts on the first decision and looks away
 * @param ever before a promotion or after it, to the end of the hour: what the judge's bound is about
 */
record Aborts(Proportion first, Proportion ever) {
    static Aborts of(List<CanaryOutcome> outcomes) {
        return new Aborts(
                Proportion.of(outcomes, CanaryOutcome::isAborted),
                Proportion.of(outcomes, CanaryOutcome::isEverAborted));
    }

    /** The heads of the two columns that {@link #cells} fills. */
    static Stream<String> heads(String of) {
        return Stream.of(of + ": before a decision", of + ": ever");
    }

    List<String> cells() {
        return List.of(first.text(), ever.text());
    }
}
