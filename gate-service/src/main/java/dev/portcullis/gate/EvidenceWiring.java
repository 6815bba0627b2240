package dev.portcullis.gate;

import dev.portcullis.gate.analysis.AnalysisReports;
import dev.portcullis.gate.client.GrpcAnalysisDetails;
import dev.portcullis.gate.client.GrpcPersonalRollbacks;
import dev.portcullis.gate.evidence.AnalysisDetails;
import dev.portcullis.gate.evidence.RememberedAnalysisDetails;
import dev.portcullis.gate.usecase.ReadEvidence;
import dev.portcullis.gate.usecase.RollBackByHand;
import dev.portcullis.kit.client.ClientChannels;
import dev.portcullis.kit.client.PeerAddresses;
import io.grpc.Channel;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

/** What people are shown of analyses and rollbacks. */
@Factory
final class EvidenceWiring {
    @Singleton
    AnalysisDetails analysisDetails(ClientChannels channels, PeerAddresses addresses, AnalysisReports reports) {
        var details = new GrpcAnalysisDetails(channels.open(GrpcAnalysisDetails.downstream(addresses.analysis())));
        return new RememberedAnalysisDetails(details, reports::find);
    }

    @Singleton
    RollBackByHand rollBackByHand(
            @Named("preparing") Channel preparing,
            @Named("starting") Channel starting,
            ClientChannels channels,
            PeerAddresses addresses) {
        var reading = channels.open(GrpcPersonalRollbacks.reading(addresses.rollback()));
        return new RollBackByHand(new GrpcPersonalRollbacks(preparing, starting, reading));
    }

    @Singleton
    ReadEvidence readEvidence(AnalysisDetails details) {
        return new ReadEvidence(details);
    }
}
