package dev.portcullis.standalone.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.DatabaseProxy;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.standalone.Installation;
import dev.portcullis.standalone.Up;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

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
    private static final long SEED = Long.getLong("portcullis.faults.seed", System.nanoTime() % 1_000_000);
    private static final Duration LENGTH = Duration.parse(System.getProperty("portcullis.faults.length", "PT2M"));
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int SERVICES = 4;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @BeforeAll
    static void train(@TempDir Path empty) {
        Up.train(empty);
    }

    @Test
    void thoughItsOwnDatabaseTheProcessAndThePagesFail() throws Exception {
        var installation = new Installation(folder, Map.of());
        try (var supervisor = new Supervisor(installation);
                var fleet = new Fleet(installation, SERVICES)) {
            var kinds = List.of(
                    Faults.killed(supervisor),
                    Faults.terminated(supervisor),
                    Faults.stopped(supervisor),
                    Faults.databaseStopped(supervisor),
                    Faults.databaseKilled(supervisor),
                    Faults.diskFull(supervisor),
                    Faults.pages(fleet.services()),
                    Faults.webhook(fleet.services()));
            judgeUnder(kinds, installation, supervisor, fleet);
        }
    }

    @Test
    void thoughTheDatabaseBehindANetworkFallsSilentAndRefuses() throws Exception {
        var database = TestDatabase.fresh();
        var refusal = new Refusal(database);
        try (var proxy = new DatabaseProxy(database)) {
            var environment = Map.of(
                    "PORTCULLIS_DB_URL", proxy.settings().url(),
                    "PORTCULLIS_DB_USER", database.user(),
                    "PORTCULLIS_DB_PASSWORD", database.password());
            var installation = new Installation(folder, environment);
            try (var supervisor = new Supervisor(installation);
                    var fleet = new Fleet(installation, SERVICES)) {
                var kinds = List.of(
                        Faults.databaseSilent(proxy),
                        Faults.databaseRefuses(refusal),
                        Faults.killed(supervisor),
                        Faults.stopped(supervisor),
                        Faults.pages(fleet.services()),
                        Faults.webhook(fleet.services()));
                judgeUnder(kinds, installation, supervisor, fleet);
            }
        }
    }

    @Test
    void aFolderStartsHoweverItsStartsAreInterrupted() throws Exception {
        var steps = new Steps(SEED, LENGTH.dividedBy(3));
        for (int i = 1; steps.goOn(); i++) {
            var installation = new Installation(folder.resolve("installation-" + i), Map.of());
            try (var supervisor = new Supervisor(installation)) {
                steps.interruptStarts(supervisor);
                supervisor.awaitReady();
                supervisor.end();
                assertEquals(List.of(), supervisor.faults(), steps::toString);
            }
        }
    }

    private static void judgeUnder(List<Fault> kinds, Installation installation, Supervisor supervisor, Fleet fleet)
            throws Exception {
        supervisor.awaitReady();
        try (var caller = new Caller(installation.port("GATE_HTTP"), fleet.services(), supervisor::process)) {
            var steps = new Steps(SEED, LENGTH.dividedBy(3));
            while (steps.goOn()) {
                steps.strike(kinds, random -> fleet.renew(random, caller::hasEnded));
                supervisor.awaitReady();
                steps.pause();
                assertEquals(List.of(), caller.faults(), steps::toString);
                assertEquals(List.of(), supervisor.faults(), steps::toString);
            }
            for (var service : fleet.services()) {
                Await.until("the end of the " + service.canary(), LIMIT, () -> caller.hasEnded(service.canary()));
            }
            System.out.println(caller);
            assertEquals(List.of(), Records.faults(installation.ask(), fleet.canaries()));
            assertEquals(List.of(), caller.faults(), steps::toString);
        }
        supervisor.end();
        assertEquals(List.of(), supervisor.faults());
    }
}
