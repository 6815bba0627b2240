package dev.portcullis.analysis.explanation;

import dev.portcullis.analysis.judge.ObjectiveEvidence;
import dev.portcullis.analysis.judge.TestEvidence;
import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.analysis.slo.Objective;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A test of an objective, and how strongly it speaks against the canary.
 *
 * @param position of the objective in the plan
 * @param ofBaseline whether it compares with the baseline; else it holds the canary against the SLO
 */
record RankedTest(int position, Objective objective, double weight, TestEvidence test, boolean ofBaseline) {
    /** All tests, the strongest against the canary first. */
    static List<RankedTest> of(AnalysisRun run) {
        var objectives = run.plan().objectives().objectives();
        var evidence = run.judgement().objectives();
        return IntStream.range(0, objectives.size())
                .boxed()
                .flatMap(i -> tests(i, objectives.get(i), evidence.get(i)))
                .sorted(Comparator.comparingDouble(RankedTest::against).reversed())
                .toList();
    }

    /** The one that texts are about: the strongest that decides by itself, or the strongest of all; empty when nothing is tested. */
    static Optional<RankedTest> foremost(AnalysisRun run) {
        var ranked = of(run);
        return ranked.stream().filter(one -> one.test().culprit()).findFirst().or(() -> ranked.stream()
                .findFirst());
    }

    private static Stream<RankedTest> tests(int position, Objective objective, ObjectiveEvidence evidence) {
        return Stream.of(
                        evidence.baseline() == null
                                ? null
                                : new RankedTest(position, objective, evidence.weight(), evidence.baseline(), true),
                        evidence.slo() == null
                                ? null
                                : new RankedTest(position, objective, evidence.weight(), evidence.slo(), false))
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull);
    }

    /** Of equal evidence the one with more weight; what does not count towards a FAIL speaks against nobody. */
    private double against() {
        return Math.log(weight) + test.counted();
    }

    String name(AnalysisRun run) {
        return objective.name() + (ofBaseline ? " against the " + BaselineText.name(run) : " against its SLO");
    }

    /** The requests it looks at; of a comparison of latencies, at the boundary that speaks most against the canary. */
    String counts(AnalysisRun run) {
        var text = new ObjectiveText(run, objective);
        return ofBaseline ? text.countsAtCompared(test.worstCut()) : text.counts();
    }
}
