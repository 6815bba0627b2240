package dev.portcullis.gate.client;

import dev.portcullis.kit.client.CallFaults;
import dev.portcullis.kit.lifecycle.BackgroundWork;
import dev.portcullis.proto.analysis.v1.AnalysisServiceGrpc;
import dev.portcullis.proto.analysis.v1.AnalysisServiceGrpc.AnalysisServiceBlockingStub;
import dev.portcullis.proto.analysis.v1.ListAnalysesRequest;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One question to analysis-service before the gate says it is ready: it opens the connection and loads the code of a call on both sides, which would
 * otherwise eat the deadline of the first poll. That nobody answers is no fault: the gate holds until somebody does.
 */
public final class FirstContact implements BackgroundWork {
    private static final Logger LOG = LoggerFactory.getLogger(FirstContact.class);

    private final AnalysisServiceBlockingStub stub;

    public FirstContact(Channel channel) {
        this.stub = AnalysisServiceGrpc.newBlockingStub(channel);
    }

    @Override
    public void start() {
        try {
            var answer = stub.listAnalyses(
                    ListAnalysesRequest.newBuilder().setPageSize(1).build());
            LOG.debug("analysis-service answers, with {} analyses on a page of one", answer.getAnalysesCount());
        } catch (StatusRuntimeException e) {
            LOG.info(
                    "analysis-service does not answer yet ({}); every decision is HOLD until it does",
                    CallFaults.inOneLine(e));
        }
    }

    @Override
    public void stop() {}
}
