package dev.portcullis.gate;

import dev.portcullis.gate.analysis.AnalysisReports;
import dev.portcullis.gate.client.GrpcAnalysisDetails;
import dev.portcullis.gate.evidence.AnalysisDetails;
import dev.portcullis.gate.evidence.RememberedAnalysisDetails;
import dev.portcullis.gate.usecase.ReadEvidence;
import dev.portcullis.kit.client.ClientChannels;
import dev.portcullis.kit.client.PeerAddresses;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/** What people are shown of an analysis. */
@Factory
final class EvidenceWiring {
    @Singleton
    AnalysisDetails analysisDetails(ClientChannels channels, PeerAddresses addresses, AnalysisReports reports) {
        var details = new GrpcAnalysisDetails(channels.open(GrpcAnalysisDetails.downstream(addresses.analysis())));
        return new RememberedAnalysisDetails(details, reports::find);
    }

    @Singleton
    ReadEvidence readEvidence(AnalysisDetails details) {
        return new ReadEvidence(details);
    }
}
