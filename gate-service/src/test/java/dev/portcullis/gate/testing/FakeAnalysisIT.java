package dev.portcullis.gate.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.kit.testing.StubGrpcServer;
import dev.portcullis.proto.analysis.v1.AnalysisServiceGrpc;
import dev.portcullis.proto.analysis.v1.StartAnalysisRequest;
import dev.portcullis.proto.analysis.v1.Verdict;
import dev.portcullis.proto.analysis.v1.WatchAnalysesRequest;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the fake has in common with the real service, where a difference made tests fail on a slow machine. */
final class FakeAnalysisIT {
    @Test
    void aStreamThatGoesOnTellsWhatChangedWhileThereWasNone() throws InterruptedException {
        var fake = new FakeAnalysis();
        try (var server = new StubGrpcServer(fake)) {
            var channel = Grpc.newChannelBuilder(server.address(), InsecureChannelCredentials.create())
                    .build();
            try {
                var stub = AnalysisServiceGrpc.newBlockingStub(channel).withDeadlineAfter(GateUnderTest.LIMIT);
                stub.startAnalysis(StartAnalysisRequest.newBuilder()
                        .setRequestId("1")
                        .setService("checkout")
                        .setCanary("v2")
                        .build());
                var first = stub.watchAnalyses(WatchAnalysesRequest.getDefaultInstance())
                        .next();
                assertEquals(0, first.getAnalysesCount(), "what was there before is no change");
                fake.say("v2", Verdict.PASS, 1);
                var second = stub.watchAnalyses(WatchAnalysesRequest.newBuilder()
                                .setPosition(first.getPosition())
                                .build())
                        .next();
                assertEquals(Verdict.PASS, second.getAnalyses(0).getVerdict());
            } finally {
                channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
            }
        }
    }
}
