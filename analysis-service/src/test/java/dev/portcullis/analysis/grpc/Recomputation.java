package dev.portcullis.analysis.grpc;

import dev.portcullis.kit.rpc.ProtoTimes;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.ArmCounts;
import dev.portcullis.proto.analysis.v1.BaselineTest;
import dev.portcullis.proto.analysis.v1.BoundaryCounts;
import dev.portcullis.proto.analysis.v1.Counts;
import dev.portcullis.proto.analysis.v1.ObjectiveResult;
import dev.portcullis.proto.analysis.v1.ScoreCountsRequest;
import dev.portcullis.proto.analysis.v1.ScoredObjective;
import dev.portcullis.proto.analysis.v1.SloTest;
import java.util.stream.IntStream;

/** What to send to ScoreCounts to have an analysis judged again, from nothing but what GetAnalysis says of it with include_windows. */
final class Recomputation {
    private static final ArmCounts NOTHING = ArmCounts.newBuilder()
            .setCanary(Counts.getDefaultInstance())
            .setBaseline(Counts.getDefaultInstance())
            .build();

    private final Analysis analysis;

    private Recomputation(Analysis analysis) {
        this.analysis = analysis;
    }

    static ScoreCountsRequest of(Analysis analysis) {
        return new Recomputation(analysis).request();
    }

    private ScoreCountsRequest request() {
        var plan = analysis.getPlan();
        var request = ScoreCountsRequest.newBuilder()
                .setAlpha(plan.getAlpha())
                .setBeta(plan.getBeta())
                .setPlannedWindows(plan.getPlannedWindows())
                .setMinFailWindows(plan.getMinFailWindows())
                .setSloBreach(plan.getSloBreach())
                .setBakeWindows(bakeWindows())
                .setDeadlinePassed(analysis.getState() == Analysis.State.CONCLUDED
                        && !ProtoTimes.instant(analysis.getEndTime())
                                .isBefore(ProtoTimes.instant(analysis.getDeadlineTime())));
        analysis.getObjectivesList().forEach(objective -> request.addObjectives(objective(objective)));
        return request.build();
    }

    private int bakeWindows() {
        var over = ProtoTimes.instant(analysis.getCreateTime())
                .plus(ProtoTimes.duration(analysis.getPlan().getBake()));
        return (int) analysis.getWindowsList().stream()
                .filter(window -> ProtoTimes.instant(window.getEndTime()).isBefore(over))
                .count();
    }

    private ScoredObjective objective(ObjectiveResult result) {
        var objective = ScoredObjective.newBuilder()
                .setName(result.getSlo())
                .setWeight(result.getLimits().getWeight())
                .setSlo(slo(result));
        if (result.getLimits().hasBaselineFailFactor()) {
            objective.setBaseline(baseline(result));
        }
        if (result.getBoundariesCount() == 0) {
            analysis.getWindowsList()
                    .forEach(window ->
                            objective.addWindows(window.getCountsMap().getOrDefault(result.getSlo(), NOTHING)));
        } else {
            addBoundaries(objective, result);
        }
        return objective.build();
    }

    private SloTest slo(ObjectiveResult result) {
        return SloTest.newBuilder()
                .setFailRatio(result.getLimits().getSloFailRatio())
                .setPassRatio(result.getLimits().getSloPassRatio())
                .setClusterSize(analysis.getPlan().getClusterSize())
                .build();
    }

    private BaselineTest baseline(ObjectiveResult result) {
        var limits = result.getLimits();
        return BaselineTest.newBuilder()
                .setFailFactor(limits.getBaselineFailFactor())
                .setFailMargin(limits.getBaselineFailMargin())
                .setPassFactor(limits.getBaselinePassFactor())
                .setPassMargin(limits.getBaselinePassMargin())
                .setClusterSize(analysis.getPlan().getClusterSize())
                .build();
    }

    private void addBoundaries(ScoredObjective.Builder objective, ObjectiveResult result) {
        var boundaries = result.getBoundariesList();
        IntStream.range(0, boundaries.size()).forEach(j -> {
            if (boundaries.get(j).getSloFail()) {
                objective.setSloFailBoundary(j);
            }
            if (boundaries.get(j).getSloPass()) {
                objective.setSloPassBoundary(j);
            }
            if (boundaries.get(j).hasFail()) {
                objective.addComparedBoundaries(j);
            }
        });
        analysis.getWindowsList()
                .forEach(window -> objective.addBoundaryWindows(
                        window.getBoundariesMap().getOrDefault(result.getSlo(), BoundaryCounts.getDefaultInstance())));
    }
}
