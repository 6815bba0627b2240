package dev.portcullis.rollback.crash;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.database.DatabaseSettings;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.proto.rollback.v1.Rollback;
import dev.portcullis.proto.rollback.v1.RollbackPreparation;
import dev.portcullis.rollback.RollbackProcess;
import dev.portcullis.rollback.RunningRollbacks;
import dev.portcullis.rollback.crash.HoldingProxy.Moment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Every kind of target, killed before and after each request it makes: many rollbacks are led at once to their points, one process is
 * killed with kill -9 with all of them in its hands, and the next one brings them to the same end. Mostly the next one waits for the
 * leases of the killed one to run out, so that several such pairs of processes work beside each other, each on a database of its own.
 */
@Isolated // its controllers have to be as quick as the service
final class KillPointsIT {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    /** So many rollbacks are in the hands of one process that is killed. */
    private static final int AT_ONCE = 50;
    /** So many processes are at work beside each other. */
    private static final int LANES = 4;
    /** What the project promises to have tried. */
    private static final int LEAST_POINTS = 200;

    @TempDir
    Path folder;

    private record Aim(Scenario scenario, int nth, Moment moment) {}

    @Test
    void whereverTheProcessIsKilledTheEndIsTheSameAndEachEffectHappensOnce() throws Exception {
        var aims = new ArrayList<Aim>();
        Map<Scenario, Integer> effects;
        try (var lane = new Lane(folder.resolve("undisturbed"), Map.of())) {
            lane.measure(Scenarios.ALL).forEach((scenario, requests) -> {
                for (int nth = 1; nth <= requests; nth++) {
                    aims.add(new Aim(scenario, nth, Moment.BEFORE));
                    aims.add(new Aim(scenario, nth, Moment.AFTER));
                }
            });
            effects = lane.effects;
        }
        var killed = killAtAll(aims, effects);
        var total = killed.values().stream().mapToInt(Integer::intValue).sum();
        System.out.println("killed at " + total + " points: " + killed);
        assertTrue(total >= LEAST_POINTS, killed.toString());
        Scenarios.ALL.forEach(scenario ->
                assertTrue(killed.getOrDefault(scenario.name(), 0) > 1, scenario + " was never killed: " + killed));
    }

    /** How often each scenario was killed. */
    private Map<String, Integer> killAtAll(List<Aim> aims, Map<Scenario, Integer> effects) throws Exception {
        var batches = new ConcurrentLinkedQueue<List<Aim>>();
        for (int from = 0; from < aims.size(); from += AT_ONCE) {
            batches.add(aims.subList(from, Math.min(aims.size(), from + AT_ONCE)));
        }
        var killed = new TreeMap<String, Integer>();
        try (var lanes = Executors.newFixedThreadPool(LANES)) {
            var results = new ArrayList<Future<Map<String, Integer>>>();
            for (int i = 0; i < LANES; i++) {
                var lane = folder.resolve("lane-" + i);
                results.add(lanes.submit(() -> killAtThoseOf(batches, new Lane(lane, effects))));
            }
            for (var result : results) {
                result.get().forEach((name, times) -> killed.merge(name, times, Integer::sum));
            }
        }
        return killed;
    }

    private static Map<String, Integer> killAtThoseOf(ConcurrentLinkedQueue<List<Aim>> batches, Lane lane)
            throws IOException {
        try (lane) {
            for (var batch = batches.poll(); batch != null; batch = batches.poll()) {
                lane.killAt(batch);
            }
        }
        return lane.killed;
    }

    /** A database and a folder of which one process after the other takes care. By one thread. */
    private static final class Lane implements AutoCloseable {
        private final DatabaseSettings database = TestDatabase.fresh();
        private final Path configuration;
        private final Path kubeconfigs;
        private final Path logs;
        private final List<Point> open = new ArrayList<>();
        private final Map<Scenario, Integer> effects;
        private final Map<String, Integer> killed = new TreeMap<>();
        private int services;
        private int processes;

        /** @param effects those of an undisturbed rollback of each scenario */
        Lane(Path folder, Map<Scenario, Integer> effects) throws IOException {
            this.effects = new LinkedHashMap<>(effects);
            configuration = Files.createDirectories(folder.resolve("configuration"));
            kubeconfigs = Files.createDirectories(folder.resolve("kubeconfigs"));
            logs = Files.createDirectories(folder.resolve("logs"));
        }

        private RollbackProcess process() {
            return RollbackProcess.start(database, configuration, logs.resolve("process-" + processes++ + ".log"));
        }

        private Point point(Scenario scenario, String what) {
            var point = new Point(scenario, "kp-" + services++, what);
            open.add(point);
            point.configure(configuration, kubeconfigs);
            return point;
        }

        /** How many requests an undisturbed rollback of each scenario makes; remembers its effects. */
        private Map<Scenario, Integer> measure(List<Scenario> scenarios) throws IOException {
            var points = scenarios.stream()
                    .map(scenario -> point(scenario, "undisturbed"))
                    .toList();
            var requests = new LinkedHashMap<Scenario, Integer>();
            try (var process = process();
                    var caller = new RunningRollbacks(process.port());
                    var working = new Working(controllers(points))) {
                points.forEach(point -> begin(caller, point));
                for (var point : points) {
                    var ended = caller.awaitEnd(point.rollback());
                    effects.put(point.scenario, point.world.effects());
                    point.assertDoneOnce(ended, point.world.effects());
                    requests.put(point.scenario, point.requests());
                }
                assertTrue(working.alive());
            }
            clear();
            return requests;
        }

        private static List<Runnable> controllers(List<Point> points) {
            return points.stream().<Runnable>map(point -> point::react).toList();
        }

        private static void begin(RunningRollbacks caller, Point point) {
            var prepared = prepared(caller, point);
            point.prepared();
            point.started(caller.start(prepared).getName());
        }

        private static RollbackPreparation prepared(RunningRollbacks caller, Point point) {
            return Await.value(
                    "the policy of " + point, LIMIT, () -> Optional.of(caller.stub.prepareRollback(point.request())));
        }

        private void killAt(List<Aim> aims) throws IOException {
            var points = new ArrayList<Point>();
            for (var aim : aims) {
                points.add(point(aim.scenario(), aim.moment() + " request " + aim.nth()));
            }
            try (var working = new Working(controllers(points))) {
                kill(aims, points);
                assertTrue(working.alive());
                finish(points);
            }
            clear();
        }

        private void kill(List<Aim> aims, List<Point> points) {
            try (var process = process();
                    var caller = new RunningRollbacks(process.port())) {
                for (int i = 0; i < points.size(); i++) {
                    var point = points.get(i);
                    var prepared = prepared(caller, point);
                    point.prepared();
                    point.hold(aims.get(i).nth(), aims.get(i).moment());
                    point.started(caller.start(prepared).getName());
                }
                for (var point : points) {
                    Await.until(
                            point + " to be reached",
                            LIMIT,
                            () -> point.proxy.holds()
                                    || caller.get(point.rollback()).hasEndTime());
                }
                process.kill();
            }
            // A run may need one look less than the one that was measured: what ended by itself was not killed, and
            // does not count.
            points.stream()
                    .filter(point -> point.proxy.holds())
                    .forEach(point -> killed.merge(point.scenario.name(), 1, Integer::sum));
            points.forEach(point -> point.proxy.letGo());
        }

        private void finish(List<Point> points) {
            try (var process = process();
                    var caller = new RunningRollbacks(process.port())) {
                for (var point : points) {
                    Rollback ended = caller.awaitEnd(point.rollback());
                    point.assertDoneOnce(ended, effects.getOrDefault(point.scenario, -1));
                }
            }
        }

        private void clear() throws IOException {
            close();
            try (var files = Files.list(configuration)) {
                for (var file : files.toList()) {
                    Files.delete(file);
                }
            }
        }

        @Override
        public void close() {
            open.forEach(Point::close);
            open.clear();
        }
    }
}
