package dev.portcullis.analysis.store;

import dev.portcullis.analysis.judge.Verdict;
import dev.portcullis.analysis.mannwhitney.ArmSummary;
import dev.portcullis.analysis.mannwhitney.Bearing;
import dev.portcullis.analysis.mannwhitney.Classification;
import dev.portcullis.analysis.mannwhitney.GroupScore;
import dev.portcullis.analysis.mannwhitney.MetricClassification;
import dev.portcullis.analysis.mannwhitney.ScoreJudgement;
import dev.portcullis.analysis.mannwhitney.ScoreOutcome;
import dev.portcullis.analysis.mannwhitney.ScoreRange;
import dev.portcullis.analysis.mannwhitney.Shift;
import dev.portcullis.analysis.run.ScoreAssessment;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The form of what the Mann-Whitney judge says, in analysis.evaluation. */
record StoredScore(Verdict verdict, int looks, Optional<Instant> lookTime, Optional<StoredScoreJudgement> judgement) {
    /** What its last look said. */
    record StoredScoreJudgement(
            ScoreOutcome outcome,
            StoredRange score,
            List<StoredGroup> groups,
            List<StoredClassification> metrics,
            String reason) {
        private static StoredScoreJudgement of(ScoreJudgement judgement) {
            return new StoredScoreJudgement(
                    judgement.outcome(),
                    StoredRange.of(judgement.score()),
                    Elements.of(judgement.groups(), StoredGroup::of),
                    Elements.of(judgement.metrics(), StoredClassification::of),
                    judgement.reason());
        }

        private ScoreJudgement judgement() {
            return new ScoreJudgement(
                    outcome,
                    score.range(),
                    Elements.of(groups, StoredGroup::group),
                    Elements.of(metrics, StoredClassification::classified),
                    reason);
        }
    }

    /** Between which values a score is. */
    record StoredRange(double lowest, double highest) {
        private static StoredRange of(ScoreRange range) {
            return new StoredRange(range.lowest(), range.highest());
        }

        private ScoreRange range() {
            return new ScoreRange(lowest, highest);
        }
    }

    /** The score of a group. */
    record StoredGroup(String name, double weight, StoredRange score) {
        private static StoredGroup of(GroupScore group) {
            return new StoredGroup(group.name(), group.weight(), StoredRange.of(group.score()));
        }

        private GroupScore group() {
            return new GroupScore(name, weight, score.range());
        }
    }

    /** What one metric is. */
    record StoredClassification(
            String name,
            Classification classification,
            Bearing bearing,
            StoredSummary canary,
            StoredSummary baseline,
            Optional<StoredShift> shift,
            OptionalDouble effect,
            String reason) {
        private static StoredClassification of(MetricClassification metric) {
            return new StoredClassification(
                    metric.name(),
                    metric.classification(),
                    metric.bearing(),
                    StoredSummary.of(metric.canary()),
                    StoredSummary.of(metric.baseline()),
                    Optional.ofNullable(metric.shift()).map(StoredShift::of),
                    metric.effect(),
                    metric.reason());
        }

        private MetricClassification classified() {
            return new MetricClassification(
                    name,
                    classification,
                    bearing,
                    canary.summary(),
                    baseline.summary(),
                    shift.map(StoredShift::shift).orElse(null),
                    effect,
                    reason);
        }
    }

    /** One arm of it. */
    record StoredSummary(int measured, int missing, double mean) {
        private static StoredSummary of(ArmSummary arm) {
            return new StoredSummary(arm.measured(), arm.missing(), arm.mean());
        }

        private ArmSummary summary() {
            return new ArmSummary(measured, missing, mean);
        }
    }

    /** How far the arms are apart. */
    record StoredShift(double estimate, double lower, double upper, double u) {
        private static StoredShift of(Shift shift) {
            return new StoredShift(shift.estimate(), shift.lower(), shift.upper(), shift.u());
        }

        private Shift shift() {
            return new Shift(estimate, lower, upper, u);
        }
    }

    static StoredScore of(ScoreAssessment assessment) {
        return new StoredScore(
                assessment.verdict(),
                assessment.looks(),
                Optional.ofNullable(assessment.lookTime()),
                Optional.ofNullable(assessment.judgement()).map(StoredScoreJudgement::of));
    }

    ScoreAssessment score() {
        return new ScoreAssessment(
                verdict,
                looks,
                lookTime.orElse(null),
                judgement.map(StoredScoreJudgement::judgement).orElse(null));
    }
}
