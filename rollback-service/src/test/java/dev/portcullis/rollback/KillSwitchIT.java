package dev.portcullis.rollback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.launch.RunningService;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.proto.rollback.v1.Rollback.State;
import dev.portcullis.proto.rollback.v1.RollbackStep;
import dev.portcullis.rollback.targets.webhook.TrafficSwitch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A kill switch in the whole service, against real PostgreSQL and a real file: what was pinned at the first click holds at the second. */
final class KillSwitchIT {
    private static final String ON = """
            {"flags": {"new-checkout": {"state": "ENABLED", "variants": {"on": true, "off": false}, "defaultVariant": "on"}}}
            """;

    @TempDir
    Path folder;

    private final TrafficSwitch webhook = new TrafficSwitch();
    private Path flags;
    private RunningService service;
    private RunningRollbacks caller;

    @BeforeEach
    void start() throws IOException {
        flags = Files.writeString(folder.resolve("shop.json"), ON);
        var policies = new PolicyFolder(Files.createDirectory(folder.resolve("configuration")));
        policies.write(
                "checkout",
                ("{steps: [{target: feature-flag, provider: flagd-file, file: '%s', flag: new-checkout},"
                                + " {target: webhook, url: '%s', readBack: '%s'}],"
                                + " confirmEvery: 100ms, recovery: {check: false}}")
                        .formatted(flags, webhook.url(), webhook.readBack()));
        service = RunningRollbacks.launch(TestDatabase.fresh(), policies.folder());
        caller = new RunningRollbacks(service.grpcPort());
    }

    @AfterEach
    void stop() {
        caller.close();
        service.close();
        webhook.close();
    }

    @Test
    void theFlagGoesOffAndThenTheTrafficBack() throws IOException {
        var prepared = caller.stub.prepareRollback(RunningRollbacks.request("checkout"));
        var stage = prepared.getStages(0);
        assertEquals("feature-flag", stage.getTarget());
        assertEquals("flag new-checkout in " + flags + " is off", stage.getGoal());
        assertEquals("OFF_VALUE_SET", stage.getPreconditions(0).getId());
        assertEquals(ON, Files.readString(flags));
        var ended = caller.awaitEnd(caller.start(prepared).getName());
        assertEquals(State.SUCCEEDED, ended.getState(), ended.getDetail());
        assertEquals(
                List.of("apply", "confirm", "apply", "confirm", "verify"),
                ended.getStepsList().stream().map(RollbackStep::getKind).toList());
        assertTrue(ended.getSteps(0).getSeenAfter().endsWith("was switched off; state was ENABLED"), ended.toString());
        assertEquals(ON.replace("ENABLED", "DISABLED"), Files.readString(flags));
        assertEquals(1, webhook.effects());
    }

    @Test
    void aFlagThatChangedBetweenTheClicksIsLeftAlone() throws IOException {
        var prepared = caller.stub.prepareRollback(RunningRollbacks.request("checkout"));
        Files.writeString(flags, ON.replace("ENABLED", "DISABLED"));
        Files.writeString(flags, ON);
        var ended = caller.awaitEnd(caller.start(prepared).getName());
        assertEquals(State.FAILED, ended.getState(), ended.getDetail());
        assertTrue(ended.getDetail().contains("prepare the rollback anew"), ended.getDetail());
        assertEquals(ON, Files.readString(flags));
        assertEquals(0, webhook.effects());
    }
}
