package dev.portcullis.rollback.crash;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.database.DatabaseSettings;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.proto.rollback.v1.RollbackPreparation;
import dev.portcullis.rollback.RollbackProcess;
import dev.portcullis.rollback.RunningRollbacks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;

/**
 * A database and a folder of which one process after the other takes care. Each brings the rollbacks to their end that the one before it had in its hands when it
 * was killed, and is then killed with others in its own. By one thread.
 */
final class KillSequence implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(4);

    private final DatabaseSettings database = TestDatabase.fresh();
    private final Path configuration;
    private final Path kubeconfigs;
    private final Path logs;
    private final List<KillPoint> open = new ArrayList<>();
    private final RunningControllers runningControllers = new RunningControllers(List.of(this::react));
    private final Map<CrashScenario, Integer> effects;
    private final Map<String, Integer> killed = new TreeMap<>();
    private int services;
    private int processes;

    /** @param effects those of an undisturbed rollback of each scenario */
    KillSequence(Path folder, Map<CrashScenario, Integer> effects) throws IOException {
        this.effects = new LinkedHashMap<>(effects);
        configuration = Files.createDirectories(folder.resolve("configuration"));
        kubeconfigs = Files.createDirectories(folder.resolve("kubeconfigs"));
        logs = Files.createDirectories(folder.resolve("logs"));
    }

    Map<CrashScenario, Integer> effects() {
        return effects;
    }

    private void react() {
        synchronized (open) {
            open.forEach(KillPoint::react);
        }
    }

    private RollbackProcess process() {
        return RollbackProcess.start(database, configuration, logs.resolve("process-" + processes++ + ".log"));
    }

    private KillPoint point(CrashScenario scenario, String what) {
        var point = new KillPoint(scenario, "kp-" + services++, what);
        point.configure(configuration, kubeconfigs);
        synchronized (open) {
            open.add(point);
        }
        return point;
    }

    /** The methods of the requests that an undisturbed rollback of each scenario makes; remembers its effects. */
    Map<CrashScenario, List<String>> measure(List<CrashScenario> scenarios) {
        var points = scenarios.stream()
                .map(scenario -> point(scenario, "undisturbed"))
                .toList();
        var requests = new LinkedHashMap<CrashScenario, List<String>>();
        try (var process = process();
                var caller = new RunningRollbacks(process.port())) {
            points.forEach(point -> start(caller, point, prepared(caller, point)));
            for (var point : points) {
                var ended = caller.awaitEnd(point.rollback());
                effects.put(point.scenario, point.world.effects());
                point.assertDoneOnce(ended, point.world.effects());
                requests.put(point.scenario, point.requests());
            }
        }
        assertTrue(runningControllers.alive());
        return requests;
    }

    private static void start(RunningRollbacks caller, KillPoint point, RollbackPreparation prepared) {
        point.started(caller.start(prepared).getName());
    }

    private static RollbackPreparation prepared(RunningRollbacks caller, KillPoint point) {
        var prepared = Await.value(
                "the policy of " + point, LIMIT, () -> Optional.of(caller.stub.prepareRollback(point.request())));
        point.prepared();
        return prepared;
    }

    /** Leads rollbacks to what is aimed at, a list of them at once, until there are no more lists; answers how often each scenario was killed. */
    Map<String, Integer> killAt(Queue<List<KillMoment>> batches) throws IOException {
        List<KillPoint> left = List.of();
        for (var aims = batches.poll(); aims != null; aims = batches.poll()) {
            var next = new LinkedHashMap<KillPoint, KillMoment>();
            aims.forEach(moment -> next.put(point(moment.scenario(), moment.toString()), moment));
            kill(next, left);
            close(left);
            left = List.copyOf(next.keySet());
        }
        if (!left.isEmpty()) {
            try (var process = process();
                    var caller = new RunningRollbacks(process.port())) {
                assertEnd(caller, left);
            }
        }
        assertTrue(runningControllers.alive());
        return killed;
    }

    /** The leases of what is left run out while what is next is prepared. */
    private void kill(Map<KillPoint, KillMoment> next, List<KillPoint> left) {
        try (var process = process();
                var caller = new RunningRollbacks(process.port())) {
            var prepared = new LinkedHashMap<KillPoint, RollbackPreparation>();
            next.keySet().forEach(point -> prepared.put(point, prepared(caller, point)));
            assertEnd(caller, left);
            prepared.forEach((point, preparation) -> {
                point.hold(next.get(point));
                start(caller, point, preparation);
            });
            next.keySet().forEach(point -> awaitReached(caller, point));
            process.kill();
        }
        // A run may need one look less than the one that was measured: what ended by itself was not killed, and
        // does not count.
        next.keySet().stream()
                .filter(point -> point.proxy.holds())
                .forEach(point -> killed.merge(point.scenario.name(), 1, Integer::sum));
        next.keySet().forEach(point -> point.proxy.letGo());
        assertTrue(runningControllers.alive());
    }

    private static void awaitReached(RunningRollbacks caller, KillPoint point) {
        Await.until(
                point + " to be reached",
                LIMIT,
                () -> point.proxy.holds() || caller.get(point.rollback()).hasEndTime());
    }

    private void assertEnd(RunningRollbacks caller, List<KillPoint> points) {
        for (var point : points) {
            point.assertDoneOnce(caller.awaitEnd(point.rollback()), effects.getOrDefault(point.scenario, -1));
        }
    }

    /** No process is at work now. */
    private void close(List<KillPoint> points) throws IOException {
        synchronized (open) {
            open.removeAll(points);
        }
        points.forEach(KillPoint::close);
        for (var point : points) {
            point.forget(configuration);
        }
    }

    @Override
    public void close() {
        runningControllers.close();
        open.forEach(KillPoint::close);
    }
}
