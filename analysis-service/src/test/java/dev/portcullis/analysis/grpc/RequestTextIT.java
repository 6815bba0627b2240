package dev.portcullis.analysis.grpc;

import com.google.protobuf.Message;
import dev.portcullis.kit.testing.RequestTextContract;
import dev.portcullis.proto.analysis.v1.AnalysisServiceGrpc;
import dev.portcullis.proto.analysis.v1.CancelAnalysisRequest;
import dev.portcullis.proto.analysis.v1.GetAnalysisRequest;
import dev.portcullis.proto.analysis.v1.GetErrorBudgetRequest;
import dev.portcullis.proto.analysis.v1.ListAnalysesRequest;
import dev.portcullis.proto.analysis.v1.ScoreCountsRequest;
import dev.portcullis.proto.analysis.v1.WatchAnalysesRequest;
import dev.portcullis.proto.analysis.v1.WatchAnalysisRequest;
import io.grpc.Channel;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/** The texts of requests to analysis-service. */
final class RequestTextIT extends RequestTextContract {
    private static final String NOBODY = "analyses/" + UUID.randomUUID();
    private static final Map<String, Message> SAMPLES = Map.of(
            "StartAnalysis", AnalysisFixture.request().setValidateOnly(true).build(),
            "GetAnalysis", GetAnalysisRequest.newBuilder().setName(NOBODY).build(),
            "ListAnalyses", ListAnalysesRequest.getDefaultInstance(),
            "WatchAnalysis", WatchAnalysisRequest.newBuilder().setName(NOBODY).build(),
            "CancelAnalysis",
                    CancelAnalysisRequest.newBuilder()
                            .setName(NOBODY)
                            .setReason("why")
                            .build(),
            "ScoreCounts",
                    ScoreCountsRequest.newBuilder().setAlpha(0.01).setBeta(0.01).build(),
            "WatchAnalyses", WatchAnalysesRequest.getDefaultInstance(),
            "GetErrorBudget",
                    GetErrorBudgetRequest.newBuilder().setService("checkout").build());

    private AnalysisFixture fixture;

    RequestTextIT() {
        super(AnalysisServiceGrpc.getServiceDescriptor(), SAMPLES);
    }

    @Override
    protected Channel open(Path folder) {
        fixture = new AnalysisFixture(folder);
        return fixture.stub.getChannel();
    }

    @Override
    protected void close() {
        fixture.close();
    }

    @Override
    protected String sendText(String text) {
        var name = fixture.start().getName();
        var told = fixture.stub
                .cancelAnalysis(CancelAnalysisRequest.newBuilder()
                        .setName(name)
                        .setReason(text)
                        .build())
                .getExplanation();
        return told.substring(told.indexOf("): ") + "): ".length(), told.lastIndexOf(". The verdict then was"));
    }

    @Override
    protected void sendName(String name) {
        fixture.stub.startAnalysis(
                AnalysisFixture.request().setCanary(name).setValidateOnly(true).build());
    }

    @Override
    protected void list(int pageSize, String pageToken) {
        fixture.stub.listAnalyses(ListAnalysesRequest.newBuilder()
                .setPageSize(pageSize)
                .setPageToken(pageToken)
                .build());
    }
}
