package dev.portcullis.launcher.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.DatabaseProxy;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.launcher.Installation;
import dev.portcullis.launcher.TestPortcullis;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Faults at random while good and bad canaries are judged: nothing but the right PROMOTE or ABORT is ever answered or put on record, every question gets a 200 within
 * two seconds, a process that was ready does not end by itself, and when the faults are over each canary gets its decision and each bad one its one rollback.
 *
 * <p>{@code -Dportcullis.faults.seed=N} draws the same faults again, as far as timing allows; {@code -Dportcullis.faults.length=PT1H} makes the faults of the whole
 * class last longer than two minutes. What the processes print is kept where a test has failed.
 */
@Tag("extra")
@Isolated // counts seconds
@EnabledOnOs(value = OS.LINUX, disabledReason = "needs prlimit")
final class RandomFaultsIT {
    private static final Duration LENGTH = Duration.parse(System.getProperty("portcullis.faults.length", "PT2M"));
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int SERVICES = 4;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    /** In the name of each test, so that a report of failed tests has it. */
    static LongStream seeds() {
        return LongStream.of(Long.getLong("portcullis.faults.seed", System.nanoTime() % 1_000_000));
    }

    @BeforeAll
    static void train(@TempDir Path empty) {
        TestPortcullis.train(empty);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void thoughItsOwnDatabaseTheProcessAndThePagesFail(long seed) throws Exception {
        var installation = new Installation(folder, Map.of());
        try (var supervisor = new Supervisor(installation);
                var fleet = new ServiceFleet(installation, SERVICES)) {
            var kinds = List.of(
                    InjectedFaults.killed(supervisor),
                    InjectedFaults.terminated(supervisor),
                    InjectedFaults.stopped(supervisor),
                    InjectedFaults.databaseStopped(supervisor),
                    InjectedFaults.databaseKilled(supervisor),
                    InjectedFaults.diskFull(supervisor),
                    InjectedFaults.pages(fleet.services()),
                    InjectedFaults.webhook(fleet.services()));
            judgeUnder(seed, kinds, installation, supervisor, fleet);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void thoughTheDatabaseBehindANetworkFallsSilentAndRefuses(long seed) throws Exception {
        var database = TestDatabase.fresh();
        var refusal = new DatabaseRefusal(database);
        try (var proxy = new DatabaseProxy(database)) {
            var environment = Map.of(
                    "PORTCULLIS_DB_URL", proxy.settings().url(),
                    "PORTCULLIS_DB_USER", database.user(),
                    "PORTCULLIS_DB_PASSWORD", database.password());
            var installation = new Installation(folder, environment);
            try (var supervisor = new Supervisor(installation);
                    var fleet = new ServiceFleet(installation, SERVICES)) {
                var kinds = List.of(
                        InjectedFaults.databaseSilent(proxy),
                        InjectedFaults.databaseRefuses(refusal),
                        InjectedFaults.killed(supervisor),
                        InjectedFaults.stopped(supervisor),
                        InjectedFaults.pages(fleet.services()),
                        InjectedFaults.webhook(fleet.services()));
                judgeUnder(seed, kinds, installation, supervisor, fleet);
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aFolderStartsHoweverItsStartsAreInterrupted(long seed) throws Exception {
        var steps = new Steps(seed, LENGTH.dividedBy(3));
        for (int i = 1; steps.goOn(); i++) {
            // No programs of other folders, which would make the unpacking of them too short to be met.
            var cache = Map.of("XDG_CACHE_HOME", folder.resolve("cache-" + i).toString());
            var installation = new Installation(folder.resolve("installation-" + i), cache);
            try (var supervisor = new Supervisor(installation)) {
                steps.interruptStarts(supervisor);
                supervisor.awaitReady();
                supervisor.end();
                assertEquals(List.of(), supervisor.faults(), steps::toString);
            }
        }
    }

    private static void judgeUnder(
            long seed, List<InjectedFault> kinds, Installation installation, Supervisor supervisor, ServiceFleet fleet)
            throws Exception {
        supervisor.awaitReady();
        var steps = new Steps(seed, LENGTH.dividedBy(3));
        var caller = new Caller(installation.port("GATE_HTTP"), fleet.services(), supervisor::process);
        try (caller) {
            while (steps.goOn() && caller.faults().isEmpty()) {
                steps.strike(kinds, random -> fleet.renew(random, caller::hasEnded));
                supervisor.awaitReady();
                steps.pause();
                assertEquals(List.of(), supervisor.faults(), steps::toString);
            }
            assertEquals(List.of(), caller.faults(), steps::toString);
            for (var service : fleet.services()) {
                Await.until("the end of the " + service.canary(), LIMIT, () -> caller.hasEnded(service.canary()));
            }
            System.out.println(caller);
            assertEquals(List.of(), Records.faults(installation.ask(), fleet.canaries()));
        }
        assertEquals(List.of(), caller.faults(), "up to the end");
        supervisor.end();
        assertEquals(List.of(), supervisor.faults());
    }
}
