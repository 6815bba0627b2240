package dev.portcullis.analysis.store;

import dev.portcullis.analysis.judge.PassShortage;
import dev.portcullis.analysis.judge.TestKind;
import dev.portcullis.analysis.run.Assessment;
import dev.portcullis.analysis.run.FailBasis;
import dev.portcullis.analysis.run.ObjectiveBounds;
import dev.portcullis.analysis.run.Pace;
import dev.portcullis.analysis.stats.ConfidenceInterval;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** The form of what the closed windows amount to, in analysis.evaluation. */
record StoredAssessment(
        StoredJudgement judgement,
        StoredPace pace,
        Duration baked,
        Optional<Instant> passTime,
        Map<String, StoredObservation> passCounts,
        Optional<StoredFindings> findings,
        Optional<StoredShortage> shortage,
        Optional<StoredScore> score) {
    /** What it was in version 1, which knew neither how long the canary had served nor the counts of a PASS. */
    record Version1(
            StoredJudgement judgement,
            StoredPace pace,
            Optional<Instant> passTime,
            Optional<StoredFindings> findings,
            Optional<StoredShortage> shortage,
            Optional<StoredScore> score) {
        Assessment assessment() {
            return new StoredAssessment(judgement, pace, Duration.ZERO, passTime, Map.of(), findings, shortage, score)
                    .assessment();
        }
    }

    /** How fast the evidence grew. */
    record StoredPace(int windows, double fail, double pass) {}

    /** What a FAIL rests on. */
    record StoredFindings(int votingWindows, boolean oneWindowSuffices, List<StoredBounds> bounds) {
        private static StoredFindings of(FailBasis failBasis) {
            return new StoredFindings(
                    failBasis.votingWindows(),
                    failBasis.oneWindowSuffices(),
                    Elements.of(failBasis.bounds(), StoredBounds::of));
        }

        private FailBasis failBasis() {
            return new FailBasis(votingWindows, oneWindowSuffices, Elements.of(bounds, StoredBounds::bounds));
        }
    }

    /** How bad the canary is in one objective. */
    record StoredBounds(List<StoredInterval> ratio, List<StoredInterval> relative) {
        private static StoredBounds of(ObjectiveBounds bounds) {
            return new StoredBounds(
                    Elements.of(bounds.ratio(), StoredInterval::of),
                    Elements.of(bounds.relative(), StoredInterval::of));
        }

        private ObjectiveBounds bounds() {
            return new ObjectiveBounds(
                    Elements.of(ratio, StoredInterval::bounds), Elements.of(relative, StoredInterval::bounds));
        }
    }

    /** Between which values. */
    record StoredInterval(OptionalDouble lower, OptionalDouble upper) {
        private static StoredInterval of(ConfidenceInterval bounds) {
            return new StoredInterval(bounds.lower(), bounds.upper());
        }

        private ConfidenceInterval bounds() {
            return new ConfidenceInterval(lower, upper);
        }
    }

    /** The PASS that the traffic cannot bring. */
    record StoredShortage(String objective, TestKind against, OptionalDouble needed, double coming) {
        private static StoredShortage of(PassShortage shortage) {
            return new StoredShortage(shortage.objective(), shortage.kind(), shortage.needed(), shortage.coming());
        }

        private PassShortage shortage() {
            return new PassShortage(objective, against, needed, coming);
        }
    }

    static StoredAssessment of(Assessment assessment) {
        var pace = assessment.pace();
        return new StoredAssessment(
                StoredJudgement.of(assessment.judgement()),
                new StoredPace(pace.windows(), pace.fail(), pace.pass()),
                assessment.baked(),
                Optional.ofNullable(assessment.passTime()),
                Elements.of(assessment.passCounts(), StoredObservation::of),
                Optional.ofNullable(assessment.failBasis()).map(StoredFindings::of),
                Optional.ofNullable(assessment.shortage()).map(StoredShortage::of),
                Optional.ofNullable(assessment.score()).map(StoredScore::of));
    }

    Assessment assessment() {
        return new Assessment(
                judgement.judgement(),
                new Pace(pace.windows(), pace.fail(), pace.pass()),
                baked,
                passTime.orElse(null),
                Elements.of(passCounts, StoredObservation::observation),
                findings.map(StoredFindings::failBasis).orElse(null),
                shortage.map(StoredShortage::shortage).orElse(null),
                score.map(StoredScore::score).orElse(null));
    }
}
