package dev.portcullis.rollback.crash;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.rollback.crash.HoldingProxy.Moment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Every kind of target, killed before and after requests it makes: many rollbacks are led at once to their points, one process is
 * killed with kill -9 with all of them in its hands, and the next one brings them to the same end. A process waits now and then, as for
 * the leases of the one before it to run out, so that several lanes of processes work beside each other.
 */
@Isolated // its controllers have to be as quick as the service
final class KillPointsIT {
    /** So many rollbacks are in the hands of one process that is killed. */
    private static final int AT_ONCE = 50;
    /** So many processes are at work beside each other. */
    private static final int LANES = 3;
    /** What the project promises to have tried. */
    private static final int LEAST_POINTS = 200;

    @TempDir
    Path folder;

    /** A sample: each target before its first change and after each. */
    @Test
    void killedAroundItsEffectsEachTargetEndsTheSameAndEachEffectHappensOnce() throws Exception {
        assertSameEnd((moment, methods) -> {
            var changes = changes(methods);
            return moment.moment() == Moment.AFTER
                    ? changes.contains(moment.nth())
                    : changes.getFirst() == moment.nth();
        });
    }

    /** Which requests change something, from 1. */
    private static List<Integer> changes(List<String> methods) {
        return IntStream.rangeClosed(1, methods.size())
                .filter(nth -> !methods.get(nth - 1).equals("GET"))
                .boxed()
                .toList();
    }

    @Test
    @Tag("extra") // minutes
    void whereverTheProcessIsKilledTheEndIsTheSameAndEachEffectHappensOnce() throws Exception {
        var total = assertSameEnd((moment, methods) -> true);
        assertTrue(total >= LEAST_POINTS, "killed at only " + total + " points");
    }

    /**
     * Kills at the moments that are chosen by the methods of their scenario's requests.
     *
     * @return at how many
     */
    private int assertSameEnd(BiPredicate<KillMoment, List<String>> chosen) throws Exception {
        var aims = new ArrayList<KillMoment>();
        Map<CrashScenario, Integer> effects;
        try (var sequence = new KillSequence(folder.resolve("undisturbed"), Map.of())) {
            sequence.measure(CrashScenarios.ALL).forEach((scenario, methods) -> {
                for (int nth = 1; nth <= methods.size(); nth++) {
                    aims.add(new KillMoment(scenario, nth, Moment.BEFORE));
                    aims.add(new KillMoment(scenario, nth, Moment.AFTER));
                }
                aims.removeIf(aim -> aim.scenario() == scenario && !chosen.test(aim, methods));
            });
            effects = sequence.effects();
        }
        var killed = killAtAll(aims, effects);
        var total = killed.values().stream().mapToInt(Integer::intValue).sum();
        System.out.println("killed at " + total + " points: " + killed);
        CrashScenarios.ALL.forEach(scenario ->
                assertTrue(killed.getOrDefault(scenario.name(), 0) > 1, scenario + " was never killed: " + killed));
        return total;
    }

    /** How often each scenario was killed. */
    private Map<String, Integer> killAtAll(List<KillMoment> aims, Map<CrashScenario, Integer> effects)
            throws Exception {
        var batches = new ConcurrentLinkedQueue<List<KillMoment>>();
        for (int from = 0; from < aims.size(); from += AT_ONCE) {
            batches.add(aims.subList(from, Math.min(aims.size(), from + AT_ONCE)));
        }
        var killed = new TreeMap<String, Integer>();
        try (var lanes = Executors.newFixedThreadPool(LANES)) {
            var results = new ArrayList<Future<Map<String, Integer>>>();
            for (int i = 0; i < LANES; i++) {
                var place = folder.resolve("lane-" + i);
                results.add(lanes.submit(() -> {
                    try (var sequence = new KillSequence(place, effects)) {
                        return sequence.killAt(batches);
                    }
                }));
            }
            for (var result : results) {
                result.get().forEach((name, times) -> killed.merge(name, times, Integer::sum));
            }
        }
        return killed;
    }
}
