package dev.portcullis.rollback;

import com.google.protobuf.Message;
import dev.portcullis.kit.launch.RunningService;
import dev.portcullis.kit.testing.RequestTextContract;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.proto.rollback.v1.CancelRollbackRequest;
import dev.portcullis.proto.rollback.v1.GetRollbackRequest;
import dev.portcullis.proto.rollback.v1.ListRollbacksRequest;
import dev.portcullis.proto.rollback.v1.OrderRollbackRequest;
import dev.portcullis.proto.rollback.v1.RollbackServiceGrpc;
import dev.portcullis.proto.rollback.v1.StartRollbackRequest;
import dev.portcullis.proto.rollback.v1.WatchRollbackRequest;
import dev.portcullis.rollback.targets.webhook.TrafficSwitch;
import io.grpc.Channel;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/** The texts of requests to rollback-service. */
final class RequestTextIT extends RequestTextContract {
    private static final String NOBODY = "rollbacks/" + UUID.randomUUID();
    private static final Map<String, Message> SAMPLES = Map.of(
            "PrepareRollback", RunningRollbacks.request("checkout"),
            "StartRollback",
                    StartRollbackRequest.newBuilder()
                            .setToken(UUID.randomUUID().toString())
                            .setCaller("alice")
                            .build(),
            "OrderRollback",
                    OrderRollbackRequest.newBuilder()
                            .setRequestId(UUID.randomUUID().toString())
                            .setPreparation(RunningRollbacks.request("nowhere"))
                            .build(),
            "GetRollback", GetRollbackRequest.newBuilder().setName(NOBODY).build(),
            "ListRollbacks", ListRollbacksRequest.getDefaultInstance(),
            "WatchRollback", WatchRollbackRequest.newBuilder().setName(NOBODY).build(),
            "CancelRollback",
                    CancelRollbackRequest.newBuilder()
                            .setName(NOBODY)
                            .setReason("why")
                            .setCaller("alice")
                            .build());

    private TrafficSwitch webhook;
    private RunningService service;
    private RunningRollbacks caller;

    RequestTextIT() {
        super(RollbackServiceGrpc.getServiceDescriptor(), SAMPLES);
    }

    @Override
    protected Channel open(Path folder) {
        webhook = new TrafficSwitch();
        new PolicyFolder(folder)
                .write(
                        "checkout",
                        "{target: webhook, url: '%s', readBack: '%s'}".formatted(webhook.url(), webhook.readBack()));
        service = RunningRollbacks.launch(TestDatabase.fresh(), folder);
        caller = new RunningRollbacks(service.grpcPort());
        return caller.stub.getChannel();
    }

    @Override
    protected void close() {
        caller.close();
        service.close();
        webhook.close();
    }

    @Override
    protected String sendText(String text) {
        return caller.stub
                .prepareRollback(RunningRollbacks.request("checkout").toBuilder()
                        .setReason(text)
                        .build())
                .getReason();
    }

    @Override
    protected void sendName(String name) {
        caller.stub.prepareRollback(RunningRollbacks.request("checkout").toBuilder()
                .setFromRevision(name)
                .build());
    }

    @Override
    protected void list(int pageSize, String pageToken) {
        caller.stub.listRollbacks(ListRollbacksRequest.newBuilder()
                .setPageSize(pageSize)
                .setPageToken(pageToken)
                .build());
    }
}
