package dev.portcullis.analysis.grpc;

import dev.portcullis.analysis.mannwhitney.ArmSummary;
import dev.portcullis.analysis.mannwhitney.Bearing;
import dev.portcullis.analysis.mannwhitney.Classification;
import dev.portcullis.analysis.mannwhitney.MetricClassification;
import dev.portcullis.analysis.mannwhitney.ScoreJudgement;
import dev.portcullis.analysis.mannwhitney.ScoreOutcome;
import dev.portcullis.analysis.run.ScoreAssessment;
import dev.portcullis.analysis.slo.ScoreSettings;
import dev.portcullis.kit.rpc.ProtoTimes;
import dev.portcullis.proto.analysis.v1.ArmWindows;
import dev.portcullis.proto.analysis.v1.GroupScore;
import dev.portcullis.proto.analysis.v1.MetricResult;
import dev.portcullis.proto.analysis.v1.ScorePlan;
import dev.portcullis.proto.analysis.v1.ScoreResult;
import dev.portcullis.proto.analysis.v1.Shift;

/** What the Mann-Whitney judge was told and what it said, as messages. */
final class ScoreJudgeMapper {
    private ScoreJudgeMapper() {}

    static ScorePlan plan(ScoreSettings settings) {
        var plan = settings.plan();
        return ScorePlan.newBuilder()
                .setTolerance(plan.tolerance())
                .setConfidence(plan.confidence())
                .setMinWindows(plan.minWindows())
                .setPassScore(plan.passScore())
                .setMarginalScore(plan.marginalScore())
                .addAllLooks(settings.looks().stream().map(ProtoTimes::duration).toList())
                .build();
    }

    /** The last look; there was one. */
    static ScoreResult result(ScoreAssessment assessment, ScoreJudgement judgement) {
        var message = ScoreResult.newBuilder()
                .setOutcome(outcome(judgement.outcome()))
                .setLowestScore(judgement.score().lowest())
                .setHighestScore(judgement.score().highest())
                .addAllGroups(
                        judgement.groups().stream().map(ScoreJudgeMapper::group).toList())
                .addAllMetrics(judgement.metrics().stream()
                        .map(ScoreJudgeMapper::metric)
                        .toList())
                .setLooks(assessment.looks())
                .setReason(judgement.reason());
        if (assessment.lookTime() != null) {
            message.setLookTime(ProtoTimes.timestamp(assessment.lookTime()));
        }
        return message.build();
    }

    private static GroupScore group(dev.portcullis.analysis.mannwhitney.GroupScore group) {
        return GroupScore.newBuilder()
                .setName(group.name())
                .setWeight(group.weight())
                .setLowestScore(group.score().lowest())
                .setHighestScore(group.score().highest())
                .build();
    }

    private static MetricResult metric(MetricClassification metric) {
        var message = MetricResult.newBuilder()
                .setSlo(metric.name())
                .setClassification(classification(metric.classification()))
                .setBearing(bearing(metric.bearing()))
                .setCanary(arm(metric.canary()))
                .setBaseline(arm(metric.baseline()))
                .setReason(metric.reason());
        metric.effect().ifPresent(message::setEffect);
        var shift = metric.shift();
        if (shift != null) {
            message.setShift(Shift.newBuilder()
                    .setEstimate(shift.estimate())
                    .setLower(shift.lower())
                    .setUpper(shift.upper()));
        }
        return message.build();
    }

    private static ArmWindows arm(ArmSummary arm) {
        return ArmWindows.newBuilder()
                .setMeasured(arm.measured())
                .setMissing(arm.missing())
                .setMeanRatio(arm.mean())
                .build();
    }

    private static ScoreResult.Outcome outcome(ScoreOutcome outcome) {
        return switch (outcome) {
            case PASS -> ScoreResult.Outcome.PASS;
            case MARGINAL -> ScoreResult.Outcome.MARGINAL;
            case FAIL -> ScoreResult.Outcome.FAIL;
            case UNDECIDED -> ScoreResult.Outcome.UNDECIDED;
        };
    }

    private static MetricResult.Classification classification(Classification classification) {
        return switch (classification) {
            case PASS -> MetricResult.Classification.PASS;
            case HIGH -> MetricResult.Classification.HIGH;
            case LOW -> MetricResult.Classification.LOW;
            case NODATA -> MetricResult.Classification.NODATA;
            case ERROR -> MetricResult.Classification.ERROR;
        };
    }

    private static MetricResult.Bearing bearing(Bearing bearing) {
        return switch (bearing) {
            case PASSING -> MetricResult.Bearing.PASSING;
            case FAILING -> MetricResult.Bearing.FAILING;
            case CRITICAL -> MetricResult.Bearing.CRITICAL;
            case OPEN -> MetricResult.Bearing.OPEN;
            case NONE -> MetricResult.Bearing.NONE;
        };
    }
}
