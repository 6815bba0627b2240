package dev.portcullis.rollback.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.database.DatabaseSettings;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.Kubeconfigs;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.proto.rollback.v1.PrepareRollbackRequest;
import dev.portcullis.proto.rollback.v1.Rollback.State;
import dev.portcullis.rollback.RollbackProcess;
import dev.portcullis.rollback.RunningRollbacks;
import dev.portcullis.rollback.targets.TargetWorld;
import dev.portcullis.rollback.targets.Worlds;
import dev.portcullis.rollback.targets.helm.HelmContractIT;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The targets that are no HTTP calls, a file and a program, killed after each thing they did and before it was written down: what the
 * next process finds is what was done, and it does nothing twice.
 */
@Execution(ExecutionMode.CONCURRENT) // each test waits most of its time
final class KillBetweenNotesIT {
    /** Each takes a connection of those that rollbacks may take. */
    private static final int AT_ONCE = 5;

    private static final String ON = """
            {"flags": {"new-checkout": {"state": "ENABLED", "variants": {"on": true, "off": false}, "defaultVariant": "on"}}}
            """;

    @TempDir
    Path folder;

    @TempDir
    Path outside;

    @TempDir
    Path logs;

    private final DatabaseSettings database = TestDatabase.fresh();
    private final List<TargetWorld> worlds = new ArrayList<>();
    private int services;
    private int processes;

    /** One rollback and what has to be true after it. */
    private record Case(String service, String to, Runnable check) {}

    @AfterEach
    void close() {
        worlds.forEach(TargetWorld::close);
    }

    @Test
    void aFlagFileIsChangedOnce() {
        killAfterEachStep(this::flagFile);
    }

    @Test
    void aReleaseOfHelmIsRolledBackOnce() {
        killAfterEachStep(this::helmRelease);
    }

    private Case flagFile() {
        var service = "note-" + services++;
        var file = outside.resolve(service + ".json");
        write(file, ON);
        policy(service, "target: feature-flag, provider: flagd-file, file: %s, flag: new-checkout".formatted(file));
        return new Case(service, "5f6b7", () -> assertEquals(ON.replace("ENABLED", "DISABLED"), read(file)));
    }

    private Case helmRelease() {
        var service = "note-" + services++;
        var world = Worlds.of(new HelmContractIT());
        worlds.add(world);
        var program = Path.of(world.configured().required("program"));
        // The service hands on no variables of its own; the played program needs one.
        var wrapper = outside.resolve(service + "-helm");
        write(wrapper, "#!/bin/sh\nHELM_PLAYED=%s exec %s \"$@\"\n".formatted(program.getParent(), program));
        permit(wrapper);
        var kubeconfig = outside.resolve(service + ".kubeconfig");
        write(kubeconfig, Kubeconfigs.of(world.address()));
        write(folder.resolve(service + "-cluster.yaml"), """
                apiVersion: portcullis.dev/v1
                kind: Cluster
                metadata: {name: %s}
                spec: {kubeconfig: %s}
                """.formatted(service, kubeconfig));
        policy(
                service,
                "target: helm, cluster: %s, namespace: shop, release: checkout, program: %s"
                        .formatted(service, wrapper));
        return new Case(service, world.order().to(), () -> assertEquals(1, world.effects()));
    }

    private void policy(String service, String section) {
        write(folder.resolve(service + ".yaml"), """
                apiVersion: portcullis.dev/v1
                kind: ReleasePolicy
                metadata: {name: %1$s}
                spec:
                  service: %1$s
                  rollback: {%2$s, confirmEvery: 200ms, recovery: {check: false}}
                """.formatted(service, section));
    }

    /** Each process brings to their end what the one before it had in its hands, and is then killed with others in its own. */
    private void killAfterEachStep(Supplier<Case> open) {
        var versions = 0;
        Map<Case, String> left = Map.of();
        for (int from = 2; from == 2 || !left.isEmpty(); from += AT_ONCE) {
            try (var process = process();
                    var caller = new RunningRollbacks(process.port())) {
                versions = versions == 0 ? versions(caller, open.get()) : versions;
                left.forEach((one, rollback) -> assertEnd(caller, one, rollback));
                left = killAt(process, caller, open, from, Math.min(versions, from + AT_ONCE - 1));
            }
        }
    }

    /** How many notes an undisturbed rollback has. */
    private int versions(RunningRollbacks caller, Case undisturbed) {
        assertEnd(caller, undisturbed, begin(caller, undisturbed));
        try (var notes = new HeldNotes(database)) {
            var versions = notes.version(undisturbed.service());
            notes.letGo();
            assertTrue(versions > 4, "only " + versions + " notes");
            return versions;
        }
    }

    /** The rollbacks that were killed: none when there are no more notes. */
    private Map<Case, String> killAt(
            RollbackProcess process, RunningRollbacks caller, Supplier<Case> open, int from, int to) {
        Map<Case, String> killed = new LinkedHashMap<>();
        if (from > to) {
            return killed;
        }
        try (var notes = new HeldNotes(database)) {
            for (int version = from; version <= to; version++) {
                var next = open.get();
                notes.hold(next.service(), version);
                killed.put(next, begin(caller, next));
            }
            notes.awaitHeld(killed.size());
            process.kill();
            notes.letGo();
        }
        return killed;
    }

    private static void assertEnd(RunningRollbacks caller, Case one, String rollback) {
        var ended = caller.awaitEnd(rollback);
        assertEquals(State.SUCCEEDED, ended.getState(), ended.toString());
        one.check().run();
    }

    private static String begin(RunningRollbacks caller, Case one) {
        var request = PrepareRollbackRequest.newBuilder()
                .setService(one.service())
                .setFromRevision("bad")
                .setToRevision(one.to())
                .setReason("to be killed")
                .setCaller("test")
                .build();
        var prepared = Await.value(
                "the policy of " + one.service(),
                Duration.ofSeconds(60),
                () -> Optional.of(caller.stub.prepareRollback(request)));
        return caller.start(prepared).getName();
    }

    private RollbackProcess process() {
        return RollbackProcess.start(database, folder, logs.resolve("process-" + processes++ + ".log"));
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void permit(Path file) {
        try {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
