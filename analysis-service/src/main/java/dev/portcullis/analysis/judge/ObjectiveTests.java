package dev.portcullis.analysis.judge;

import dev.portcullis.analysis.evidence.Observation;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The tests of one objective while windows come in. Not thread-safe. */
final class ObjectiveTests {
    private final String name;
    private final double weight;
    private final @Nullable TestSides slo;
    private final @Nullable TestSides baseline;

    private ObjectiveTests(String name, double weight, @Nullable TestSides slo, @Nullable TestSides baseline) {
        this.name = name;
        this.weight = weight;
        this.slo = slo;
        this.baseline = baseline;
    }

    /** The tests of an objective that holds {@code weight} of 1. */
    static ObjectiveTests of(ObjectivePlan plan, double weight, int plannedWindows) {
        SloLimits slo = plan.slo();
        BaselineLimits baseline = plan.baseline();
        double sloShare = baseline == null ? 1 : plan.sloShare();
        double baselineShare = slo == null ? 1 : 1 - plan.sloShare();
        return new ObjectiveTests(
                plan.name(),
                weight,
                slo == null
                        ? null
                        : TestSides.of(
                                slo,
                                plan.cuts(),
                                weight * sloShare,
                                plannedWindows,
                                plan.unlessShared() && baseline != null),
                baseline == null ? null : TestSides.of(baseline, plan.cuts(), weight * baselineShare, plannedWindows));
    }

    void fold(Observation window) {
        if (slo != null) {
            slo.fold(window);
        }
        if (baseline != null) {
            baseline.fold(window);
        }
    }

    boolean gating() {
        return weight > 0;
    }

    List<TestSides> tests() {
        return Stream.of(slo, baseline)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
    }

    ObjectiveEvidence evidence(double failThreshold) {
        return new ObjectiveEvidence(
                name,
                weight,
                slo == null ? null : slo.evidence(failThreshold),
                baseline == null ? null : baseline.evidence(failThreshold));
    }
}
