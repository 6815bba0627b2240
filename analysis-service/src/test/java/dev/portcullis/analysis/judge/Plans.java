package dev.portcullis.analysis.judge;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.evidence.Observation;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Plans and windows that tests of the judge start from. */
final class Plans {
    static final SloLimits SLO = new SloLimits(0.002, OptionalDouble.of(0.005), Form.VOTE, Form.COUNT, 5);
    static final BaselineLimits BASELINE =
            new BaselineLimits(1.25, 0.00025, OptionalDouble.of(2), 0.001, Form.VOTE, Form.COUNT, 5);

    private Plans() {}

    static JudgePlan plan(ObjectivePlan... objectives) {
        return new JudgePlan(0.01, 0.05, 120, 2, List.of(objectives));
    }

    static ObjectivePlan objective(String name, double weight) {
        return new ObjectivePlan(name, weight, SLO, BASELINE);
    }

    static ObjectivePlan sloOnly(String name, double weight, @Nullable Double passRatio) {
        OptionalDouble pass = passRatio == null ? OptionalDouble.empty() : OptionalDouble.of(passRatio);
        return new ObjectivePlan(name, weight, new SloLimits(0.002, pass, Form.VOTE, Form.COUNT, 5), null);
    }

    static ArmCounts counts(double canaryBad, double canary, double baselineBad, double baseline) {
        return new ArmCounts(new Counts(canaryBad, canary), new Counts(baselineBad, baseline));
    }

    static ArmCounts healthy() {
        return counts(1, 15_000, 9, 135_000);
    }

    static ArmCounts failing() {
        return counts(600, 15_000, 9, 135_000);
    }

    static List<JudgeWindow> windows(int number, ArmCounts... counts) {
        return Collections.nCopies(
                number, new JudgeWindow(Stream.of(counts).map(Observation::of).toList(), true));
    }
}
