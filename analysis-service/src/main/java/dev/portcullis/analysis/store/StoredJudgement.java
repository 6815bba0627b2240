package dev.portcullis.analysis.store;

import dev.portcullis.analysis.judge.Judgement;
import dev.portcullis.analysis.judge.ObjectiveEvidence;
import dev.portcullis.analysis.judge.SharedBreach;
import dev.portcullis.analysis.judge.TestEvidence;
import dev.portcullis.analysis.judge.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** The form of the sequential judge's judgement in analysis.evaluation. */
record StoredJudgement(
        Verdict verdict,
        int windows,
        double failEvidence,
        double passEvidence,
        double failThreshold,
        double passThreshold,
        OptionalInt passedAt,
        OptionalInt failedAt,
        List<StoredEvidence> objectives) {
    /** The evidence of one objective. */
    record StoredEvidence(String name, double weight, Optional<StoredTest> slo, Optional<StoredTest> baseline) {
        private static StoredEvidence of(ObjectiveEvidence evidence) {
            return new StoredEvidence(
                    evidence.name(),
                    evidence.weight(),
                    Optional.ofNullable(evidence.slo()).map(StoredTest::of),
                    Optional.ofNullable(evidence.baseline()).map(StoredTest::of));
        }

        private ObjectiveEvidence evidence() {
            return new ObjectiveEvidence(
                    name,
                    weight,
                    slo.map(StoredTest::evidence).orElse(null),
                    baseline.map(StoredTest::evidence).orElse(null));
        }
    }

    /** That of one test. */
    record StoredTest(
            double fail, OptionalDouble pass, boolean culprit, List<Double> failByCut, Optional<StoredShared> shared) {
        private static StoredTest of(TestEvidence test) {
            return new StoredTest(
                    test.fail(),
                    test.pass(),
                    test.culprit(),
                    test.failByCut(),
                    Optional.ofNullable(test.shared()).map(StoredShared::of));
        }

        private TestEvidence evidence() {
            return new TestEvidence(
                    fail,
                    pass,
                    culprit,
                    failByCut,
                    shared.map(StoredShared::breach).orElse(null));
        }
    }

    /** A breach of the SLO that the stable version shares. */
    record StoredShared(double baseline, double counted) {
        private static StoredShared of(SharedBreach breach) {
            return new StoredShared(breach.baseline(), breach.counted());
        }

        private SharedBreach breach() {
            return new SharedBreach(baseline, counted);
        }
    }

    static StoredJudgement of(Judgement judgement) {
        return new StoredJudgement(
                judgement.verdict(),
                judgement.windows(),
                judgement.failEvidence(),
                judgement.passEvidence(),
                judgement.failThreshold(),
                judgement.passThreshold(),
                judgement.passedAt(),
                judgement.failedAt(),
                Elements.of(judgement.objectives(), StoredEvidence::of));
    }

    Judgement judgement() {
        return new Judgement(
                verdict,
                windows,
                failEvidence,
                passEvidence,
                failThreshold,
                passThreshold,
                passedAt,
                failedAt,
                Elements.of(objectives, StoredEvidence::evidence));
    }
}
