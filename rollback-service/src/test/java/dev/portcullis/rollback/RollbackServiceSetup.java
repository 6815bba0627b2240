package dev.portcullis.rollback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.portcullis.kit.database.DatabaseSettings;
import dev.portcullis.kit.launch.RunningService;
import dev.portcullis.kit.rpc.RpcErrors;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.proto.rollback.v1.PrepareRollbackRequest;
import dev.portcullis.proto.rollback.v1.Rollback;
import dev.portcullis.proto.rollback.v1.RollbackPreparation;
import dev.portcullis.rollback.targets.webhook.TrafficSwitch;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** The whole service in this process, against real PostgreSQL and real HTTP, once for all tests of a class; every test has a service name of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RollbackServiceSetup {
    private final DatabaseSettings database = TestDatabase.fresh();

    PolicyFolder policies;
    RunningService service;
    RunningRollbacks caller;

    @BeforeAll
    void launch(@TempDir Path folder) {
        policies = new PolicyFolder(folder);
        launch();
    }

    void launch() {
        service = RunningRollbacks.launch(database, policies.folder());
        caller = new RunningRollbacks(service.grpcPort());
    }

    @AfterAll
    void stop() {
        caller.close();
        service.close();
    }

    /** Starts a rollback once the service has taken the policy up. */
    Rollback start(PrepareRollbackRequest request) {
        var started = new ArrayList<Rollback>();
        Await.until("the policy of " + request.getService(), Duration.ofSeconds(60), () -> {
            try {
                return started.add(caller.start(request));
            } catch (StatusRuntimeException e) {
                if (RpcErrors.reason(e).orElse("").equals("NO_ROLLBACK_TARGET")) {
                    return false;
                }
                throw e;
            }
        });
        return started.getFirst();
    }

    Rollback startFor(String name, TrafficSwitch webhook, String more) {
        policies.write(name, webhook, more);
        return start(RunningRollbacks.request(name));
    }

    RollbackPreparation prepareFor(String name, TrafficSwitch webhook) {
        policies.write(name, webhook, "");
        return Await.value("the policy of " + name, Duration.ofSeconds(60), () -> {
            try {
                return Optional.of(caller.stub.prepareRollback(RunningRollbacks.request(name)));
            } catch (StatusRuntimeException e) {
                assertEquals("NO_ROLLBACK_TARGET", RpcErrors.reason(e).orElse(""));
                return Optional.empty();
            }
        });
    }

    static void refused(String reason, Executable call) {
        var e = assertThrows(StatusRuntimeException.class, call);
        assertEquals(reason, RpcErrors.reason(e).orElse(""), e.getMessage());
    }
}
