package dev.portcullis.analysis.grpc;

import dev.portcullis.analysis.run.HistoryPoint;
import dev.portcullis.kit.rpc.ProtoTimes;
import dev.portcullis.proto.analysis.v1.ObjectiveHistory;
import java.util.List;

/** The history of an analysis as messages. */
final class HistoryMapper {
    private HistoryMapper() {}

    static List<dev.portcullis.proto.analysis.v1.HistoryPoint> of(List<HistoryPoint> points) {
        return points.stream().map(HistoryMapper::point).toList();
    }

    private static dev.portcullis.proto.analysis.v1.HistoryPoint point(HistoryPoint point) {
        return dev.portcullis.proto.analysis.v1.HistoryPoint.newBuilder()
                .setWindow(point.window().index())
                .setTime(ProtoTimes.timestamp(point.window().end()))
                .setFail(point.judgement().failEvidence())
                .setPass(point.judgement().passEvidence())
                .addAllObjectives(point.objectives().stream()
                        .map(HistoryMapper::objective)
                        .toList())
                .build();
    }

    private static ObjectiveHistory objective(dev.portcullis.analysis.run.ObjectiveHistory objective) {
        var message = ObjectiveHistory.newBuilder()
                .setSlo(objective.slo())
                .setCounts(AnalysisMapper.armCounts(objective.counts()))
                .setCanary(BoundaryMapper.interval(objective.canary()));
        objective.baseline().map(BoundaryMapper::interval).ifPresent(message::setBaseline);
        return message.build();
    }
}
