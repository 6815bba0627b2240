package dev.portcullis.analysis.grpc;

import dev.portcullis.analysis.run.VerdictChange;
import dev.portcullis.kit.rpc.ProtoTimes;
import dev.portcullis.proto.analysis.v1.WatchVerdictsResponse;
import java.util.List;

/** Changes of verdicts as messages. */
final class VerdictMapper {
    private VerdictMapper() {}

    static WatchVerdictsResponse of(List<VerdictChange> changes) {
        return WatchVerdictsResponse.newBuilder()
                .addAllChanges(changes.stream().map(VerdictMapper::of).toList())
                .build();
    }

    private static dev.portcullis.proto.analysis.v1.VerdictChange of(VerdictChange change) {
        return dev.portcullis.proto.analysis.v1.VerdictChange.newBuilder()
                .setAnalysis(AnalysisMapper.name(change.analysis()))
                .setService(change.service())
                .setState(AnalysisMapper.state(change.state()))
                .setVerdict(AnalysisMapper.verdict(change.verdict()))
                .setChangeTime(ProtoTimes.timestamp(change.time()))
                .build();
    }
}
