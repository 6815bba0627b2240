package dev.portcullis.rollback.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.database.DatabaseSettings;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.proto.rollback.v1.Rollback;
import dev.portcullis.rollback.RollbackProcess;
import dev.portcullis.rollback.RunningRollbacks;
import dev.portcullis.rollback.crash.HoldingProxy.Moment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Every kind of target, killed before and after each request it makes: many rollbacks are led at once to their points, one process is
 * killed with kill -9 with all of them in its hands, and the next one brings them to the same end.
 */
@Isolated // takes both processors, and its controllers have to be as quick as the service
final class KillPointsIT {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    /** So many rollbacks are in the hands of one process that is killed. */
    private static final int AT_ONCE = 50;
    /** What the project promises to have tried. */
    private static final int LEAST_POINTS = 200;

    @TempDir
    Path folder;

    @TempDir
    Path kubeconfigs;

    @TempDir
    Path logs;

    private final DatabaseSettings database = TestDatabase.fresh();
    private final List<Point> open = new ArrayList<>();
    private final Map<Scenario, Integer> effects = new LinkedHashMap<>();
    private final Map<String, Integer> killed = new TreeMap<>();
    private int services;
    private int processes;

    private record Aim(Scenario scenario, int nth, Moment moment) {}

    @AfterEach
    void close() {
        open.forEach(Point::close);
    }

    @Test
    void whereverTheProcessIsKilledTheEndIsTheSameAndEachEffectHappensOnce() {
        var aims = new ArrayList<Aim>();
        measure(Scenarios.ALL).forEach((scenario, requests) -> {
            for (int nth = 1; nth <= requests; nth++) {
                aims.add(new Aim(scenario, nth, Moment.BEFORE));
                aims.add(new Aim(scenario, nth, Moment.AFTER));
            }
        });
        for (int from = 0; from < aims.size(); from += AT_ONCE) {
            killAt(aims.subList(from, Math.min(aims.size(), from + AT_ONCE)));
        }
        var total = killed.values().stream().mapToInt(Integer::intValue).sum();
        System.out.println("killed at " + total + " points: " + killed);
        assertTrue(total >= LEAST_POINTS, killed.toString());
        Scenarios.ALL.forEach(scenario ->
                assertTrue(killed.getOrDefault(scenario.name(), 0) > 1, scenario + " was never killed: " + killed));
    }

    private RollbackProcess process() {
        return RollbackProcess.start(database, folder, logs.resolve("process-" + processes++ + ".log"));
    }

    private Point point(Scenario scenario, String what) {
        var point = new Point(scenario, "kp-" + services++, what);
        open.add(point);
        point.configure(folder, kubeconfigs);
        return point;
    }

    /** How many requests an undisturbed rollback of each scenario makes; remembers its effects. */
    private Map<Scenario, Integer> measure(List<Scenario> scenarios) {
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
        closeAll();
        return requests;
    }

    private static List<Runnable> controllers(List<Point> points) {
        return points.stream().<Runnable>map(point -> point::react).toList();
    }

    private static void begin(RunningRollbacks caller, Point point) {
        var prepared = Await.value(
                "the policy of " + point, LIMIT, () -> Optional.of(caller.stub.prepareRollback(point.request())));
        point.prepared();
        point.started(caller.start(prepared).getName());
    }

    private void killAt(List<Aim> aims) {
        var points = new ArrayList<Point>();
        for (var aim : aims) {
            points.add(point(aim.scenario(), aim.moment() + " request " + aim.nth()));
        }
        try (var working = new Working(controllers(points))) {
            kill(aims, points);
            assertTrue(working.alive());
            finish(points);
        }
        closeAll();
    }

    private void kill(List<Aim> aims, List<Point> points) {
        try (var process = process();
                var caller = new RunningRollbacks(process.port())) {
            for (int i = 0; i < points.size(); i++) {
                var aim = aims.get(i);
                var point = points.get(i);
                var prepared = Await.value(
                        "the policy of " + point,
                        LIMIT,
                        () -> Optional.of(caller.stub.prepareRollback(point.request())));
                point.prepared();
                point.hold(aim.nth(), aim.moment());
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
        // A run may need one look less than the one that was measured: what ended by itself was not killed, and does
        // not count.
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

    private void closeAll() {
        open.forEach(Point::close);
        open.clear();
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertEquals(0, open.size());
    }
}
