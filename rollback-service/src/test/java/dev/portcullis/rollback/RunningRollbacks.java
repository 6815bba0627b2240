package dev.portcullis.rollback;

import dev.portcullis.kit.client.Breakers;
import dev.portcullis.kit.client.ClientChannels;
import dev.portcullis.kit.client.Downstream;
import dev.portcullis.kit.database.DatabaseSettings;
import dev.portcullis.kit.launch.RunningService;
import dev.portcullis.kit.launch.ServiceLauncher;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.TestPeers;
import dev.portcullis.proto.rollback.v1.GetRollbackRequest;
import dev.portcullis.proto.rollback.v1.PrepareRollbackRequest;
import dev.portcullis.proto.rollback.v1.Rollback;
import dev.portcullis.proto.rollback.v1.RollbackPreparation;
import dev.portcullis.proto.rollback.v1.RollbackServiceGrpc;
import dev.portcullis.proto.rollback.v1.RollbackServiceGrpc.RollbackServiceBlockingStub;
import dev.portcullis.proto.rollback.v1.StartRollbackRequest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A caller of a running rollback-service. */
public final class RunningRollbacks implements AutoCloseable {
    private final ClientChannels channels;
    public final RollbackServiceBlockingStub stub;

    public RunningRollbacks(int port) {
        channels = new ClientChannels(OpenTelemetry.noop(), new Breakers(new SimpleMeterRegistry()), TestPeers.TOKENS);
        stub = stub(channels, port);
    }

    /** The service in this process, on free ports. */
    public static RunningService launch(DatabaseSettings database, Path configuration) {
        return launch(database, configuration, Map.of());
    }

    /** The same with more settings. */
    static RunningService launch(DatabaseSettings database, Path configuration, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "portcullis.db.url", database.url(),
                "portcullis.db.user", database.user(),
                "portcullis.db.password", database.password(),
                "portcullis.config", configuration.toString(),
                "portcullis.http.port", 0,
                "portcullis.grpc.port", 0));
        settings.putAll(more);
        return ServiceLauncher.start("rollback", settings);
    }

    static RollbackServiceBlockingStub stub(ClientChannels channels, int port) {
        var downstream = new Downstream(
                "rollback", "127.0.0.1:" + port, Duration.ofSeconds(20), RollbackServiceGrpc.SERVICE_NAME, Set.of());
        return RollbackServiceGrpc.newBlockingStub(channels.open(downstream));
    }

    static PrepareRollbackRequest request(String service) {
        return PrepareRollbackRequest.newBuilder()
                .setService(service)
                .setRelease("services/" + service + "/releases/" + UUID.randomUUID())
                .setFromRevision("7d9c8")
                .setToRevision("5f6b7")
                .setReason("the error budget of two days went in ten minutes")
                .setCaller("alice")
                .setAllowRestored(true)
                .build();
    }

    /** Both clicks. */
    public Rollback start(PrepareRollbackRequest request) {
        return start(stub.prepareRollback(request));
    }

    /** The second click. */
    public Rollback start(RollbackPreparation preparation) {
        return stub.startRollback(second(preparation));
    }

    static StartRollbackRequest second(RollbackPreparation preparation) {
        return StartRollbackRequest.newBuilder()
                .setToken(preparation.getToken())
                .setCaller("alice")
                .build();
    }

    public Rollback get(String name) {
        return stub.getRollback(GetRollbackRequest.newBuilder().setName(name).build());
    }

    public Rollback awaitEnd(String name) {
        try {
            return Await.value("the end of " + name, Duration.ofMinutes(3), () -> Optional.of(get(name))
                    .filter(Rollback::hasEndTime));
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "; it is " + get(name), e);
        }
    }

    Rollback awaitState(String name, Rollback.State state) {
        return Await.value(name + " to be " + state, Duration.ofSeconds(60), () -> Optional.of(get(name))
                .filter(rollback -> rollback.getState() == state));
    }

    @Override
    public void close() {
        channels.close();
    }
}
