package dev.portcullis.kit.rpc;

import io.grpc.BindableService;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import java.util.Iterator;

/** A service whose one method follows what is named in its request, a UUID; it borrows the messages of the health service. */
final class ThingService implements BindableService {
    private static final MethodDescriptor<HealthCheckRequest, HealthCheckResponse> WATCH =
            HealthGrpc.getWatchMethod().toBuilder()
                    .setFullMethodName("portcullis.test.ThingService/WatchThing")
                    .setSchemaDescriptor(null)
                    .build();

    private final Watches<HealthCheckResponse> watches;

    ThingService(Watches<HealthCheckResponse> watches) {
        this.watches = watches;
    }

    @Override
    public ServerServiceDefinition bindService() {
        return ServerServiceDefinition.builder("portcullis.test.ThingService")
                .addMethod(
                        WATCH,
                        ServerCalls.asyncServerStreamingCall((request, observer) ->
                                watches.follow(observer, () -> RequestFields.uuid("service", request.getService()))))
                .build();
    }

    static Iterator<HealthCheckResponse> watch(Channel channel, HealthCheckRequest request) {
        return ClientCalls.blockingServerStreamingCall(channel, WATCH, CallOptions.DEFAULT, request);
    }
}
