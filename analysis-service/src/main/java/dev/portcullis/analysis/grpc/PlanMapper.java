package dev.portcullis.analysis.grpc;

import dev.portcullis.analysis.run.RunPlan;
import dev.portcullis.analysis.slo.AnalysisSettings;
import dev.portcullis.analysis.slo.BaselineChoice;
import dev.portcullis.kit.rpc.ProtoTimes;
import dev.portcullis.proto.analysis.v1.AnalysisPlan;
import dev.portcullis.proto.analysis.v1.BaselineKind;
import dev.portcullis.proto.analysis.v1.Judge;
import dev.portcullis.proto.analysis.v1.MeasuredObjective;
import dev.portcullis.proto.analysis.v1.PreviousObjective;
import dev.portcullis.proto.analysis.v1.PreviousRelease;
import dev.portcullis.proto.analysis.v1.Provenance;
import dev.portcullis.proto.analysis.v1.SloBreach;
import dev.portcullis.proto.analysis.v1.StableHistory;
import java.util.TreeMap;

/** What an analysis was told to do, as a message. */
final class PlanMapper {
    private PlanMapper() {}

    static AnalysisPlan of(RunPlan plan) {
        var message = settings(plan.settings()).setJudge(Judge.SEQUENTIAL);
        var score = plan.settings().score();
        if (score != null) {
            message.setJudge(Judge.MANN_WHITNEY).setScore(ScoreJudgeMapper.plan(score));
        }
        if (plan.history() != null) {
            message.setStableHistory(history(plan.history()));
        }
        var baseline = plan.objectives().baseline();
        message.setBaselineKind(plan.arms().baseline() == null ? BaselineKind.NO_BASELINE : kind(baseline));
        if (baseline.label() != null) {
            message.setBaselineLabel(baseline.label());
        }
        if (plan.previous() != null) {
            message.setPreviousRelease(previous(plan.previous()));
        }
        return message.build();
    }

    private static BaselineKind kind(BaselineChoice baseline) {
        return switch (baseline.kind()) {
            case STABLE -> BaselineKind.STABLE_PODS;
            case NAMED_SET -> BaselineKind.NAMED_SET;
            case PREVIOUS_RELEASE -> BaselineKind.NO_BASELINE;
        };
    }

    private static PreviousRelease previous(dev.portcullis.analysis.run.PreviousRelease previous) {
        var message = PreviousRelease.newBuilder()
                .setAnalysis(AnalysisMapper.name(previous.analysis()))
                .setCanary(previous.canary())
                .setEndTime(ProtoTimes.timestamp(previous.end()));
        new TreeMap<>(previous.counts())
                .forEach((objective, counts) -> message.addObjectives(PreviousObjective.newBuilder()
                        .setSlo(objective)
                        .setBad(counts.bad())
                        .setTotal(counts.total())));
        return message.build();
    }

    private static StableHistory history(dev.portcullis.analysis.run.StableHistory history) {
        return StableHistory.newBuilder()
                .setMeasureTime(ProtoTimes.timestamp(history.time()))
                .addAllObjectives(
                        history.objectives().stream().map(PlanMapper::measured).toList())
                .build();
    }

    private static MeasuredObjective measured(dev.portcullis.analysis.run.StableHistory.MeasuredObjective measured) {
        var message = MeasuredObjective.newBuilder()
                .setSlo(measured.objective())
                .setWindows(measured.windows())
                .setDispersion(measured.dispersion())
                .setComparesPods(measured.comparesPods())
                .setClusterSize(measured.clusterSize());
        measured.voteWindow().map(ProtoTimes::duration).ifPresent(message::setVoteWindow);
        return message.build();
    }

    private static AnalysisPlan.Builder settings(AnalysisSettings settings) {
        var timing = settings.timing();
        var strictness = settings.strictness();
        return AnalysisPlan.newBuilder()
                .setAlpha(strictness.alpha())
                .setBeta(strictness.beta())
                .setPoll(ProtoTimes.duration(timing.poll()))
                .setWindow(ProtoTimes.duration(timing.window()))
                .setDeadline(ProtoTimes.duration(timing.deadline()))
                .setBake(ProtoTimes.duration(timing.bake()))
                .setPlannedWindows(timing.plannedWindows())
                .setMinFailWindows(strictness.minFailWindows())
                .setWarmUp(ProtoTimes.duration(timing.warmUp()))
                .setClusterSize(settings.clusterSize().requests())
                .setClusterSizeFrom(provenance(settings.clusterSize().from()))
                .setWindowFrom(provenance(timing.windowFrom()))
                .setSloBreach(
                        switch (strictness.sloBreach()) {
                            case FAIL -> SloBreach.FAILS;
                            case FAIL_UNLESS_SHARED -> SloBreach.FAILS_UNLESS_SHARED;
                            case HOLD -> SloBreach.HOLDS;
                        });
    }

    private static Provenance provenance(dev.portcullis.analysis.slo.Provenance from) {
        return switch (from) {
            case POLICY -> Provenance.POLICY;
            case DEFAULT -> Provenance.DEFAULT;
            case MEASURED -> Provenance.MEASURED;
            case NOT_MEASURED_YET -> Provenance.NOT_MEASURED_YET;
        };
    }
}
