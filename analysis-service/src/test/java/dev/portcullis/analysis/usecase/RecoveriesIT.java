package dev.portcullis.analysis.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.explanation.Explanation;
import dev.portcullis.analysis.judge.Verdict;
import dev.portcullis.analysis.mannwhitney.MetricPlan;
import dev.portcullis.analysis.mannwhitney.ScorePlan;
import dev.portcullis.analysis.query.Arms;
import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.analysis.run.AnalysisState;
import dev.portcullis.analysis.run.Purpose;
import dev.portcullis.analysis.run.RequestReusedException;
import dev.portcullis.analysis.run.RunFilter;
import dev.portcullis.analysis.slo.AnalysisTiming;
import dev.portcullis.analysis.slo.BaselineChoice;
import dev.portcullis.analysis.slo.Provenance;
import dev.portcullis.analysis.slo.ScoreSettings;
import dev.portcullis.analysis.slo.ServiceObjectives;
import dev.portcullis.analysis.slo.Strictness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Recoveries on a real PostgreSQL: whether a version that traffic was given back to serves its users within the SLO. */
final class RecoveriesIT {
    private static final Duration WITHIN = Duration.ofMinutes(10);
    private static final int POLLS_OF_TEN_MINUTES = 40;

    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aRecoveryIsHeldAgainstItsSloAloneAtOnceWhateverThePolicySays() {
        var slow = new AnalysisTiming(
                World.POLL,
                Duration.ofSeconds(30),
                Provenance.POLICY,
                Duration.ofMinutes(30),
                Duration.ofMinutes(20),
                Duration.ofMinutes(5));
        world.configure(new ServiceObjectives(
                "checkout",
                "hash",
                BaselineChoice.namedSet("role", "twin"),
                List.of(World.availability()),
                World.SETTINGS.withRhythm(slow)));
        var run = start(null, WITHIN);
        assertEquals(Purpose.RECOVERY, run.plan().purpose());
        assertEquals(new Arms("hash", "old", null), run.plan().arms());
        assertEquals(BaselineChoice.STABLE, run.plan().objectives().baseline());
        assertEquals(
                new AnalysisTiming(
                        World.POLL, Duration.ofSeconds(30), Provenance.POLICY, WITHIN, Duration.ZERO, Duration.ZERO),
                run.plan().settings().timing());
        assertEquals(run, world.read(run));
    }

    @Test
    void aVersionWithinItsSloIsRecoveredWhichEndsIt() {
        var run = start(null, WITHIN);
        world.pollHealthy(8);
        var recovered = world.read(run);
        assertEquals(AnalysisState.CONCLUDED, recovered.status().state());
        assertEquals(Verdict.PASS, recovered.status().verdict());
        assertNull(recovered.status().nextPoll());
        assertTrue(
                Explanation.of(recovered).startsWith("Recovered: good enough after 30 s. "), Explanation.of(recovered));
    }

    @Test
    void errorsOfBeforeItsBeginningDoNotCount() {
        world.reader.serve(5_000, 10_000, 0, 0);
        var run = start(null, WITHIN);
        world.pollHealthy(8);
        assertEquals(Verdict.PASS, world.read(run).status().verdict());
        assertEquals(0, world.read(run).counts("checkout-availability").canary().bad());
    }

    @Test
    void aVersionBeyondItsSloHasNotRecoveredAndANewRequestAsksAgain() {
        var sick = start(UUID.randomUUID(), WITHIN);
        world.pollBad(POLLS_OF_TEN_MINUTES / 2);
        var ended = world.read(sick);
        assertEquals(AnalysisState.CONCLUDED, ended.status().state());
        assertEquals(Verdict.FAIL, ended.status().verdict());
        assertTrue(Explanation.of(ended).startsWith("Not recovered: bad after "), Explanation.of(ended));
        var next = start(UUID.randomUUID(), WITHIN);
        world.pollHealthy(8);
        assertEquals(Verdict.PASS, world.read(next).status().verdict());
        assertEquals(Verdict.FAIL, world.read(sick).status().verdict());
    }

    @Test
    void tooFewRequestsAreInconclusiveWithWhatItWouldTake() {
        var run = start(null, WITHIN);
        for (var i = 0; i < POLLS_OF_TEN_MINUTES; i++) {
            world.poll(0, 15, 0, 0);
        }
        var ended = world.read(run);
        assertEquals(AnalysisState.CONCLUDED, ended.status().state());
        assertEquals(Verdict.INCONCLUSIVE, ended.status().verdict());
        assertEquals(
                "Recovery not shown within 10 min (20 windows). Restored version: 0 of 600 requests failed (0 %). Too few"
                        + " requests (600) to show that it is good enough: checkout-availability against its SLO takes about"
                        + " 4,800 without any error. Nothing speaks against the restored version (evidence 0.32 : 1). The SLO"
                        + " alone decides.",
                Explanation.of(ended));
    }

    @Test
    void aVersionThatServesNobodyIsInconclusiveWithTheSeriesLookedFor() {
        var run = start(null, WITHIN);
        for (var i = 0; i < POLLS_OF_TEN_MINUTES; i++) {
            world.poll(0, 0, 0, 0);
        }
        var ended = world.read(run);
        assertEquals(Verdict.INCONCLUSIVE, ended.status().verdict());
        assertTrue(
                Explanation.of(ended)
                        .contains(
                                "The metrics source answers, but the restored version 'old' has served no request since the"
                                        + " analysis began (looked for: series with hash=\"old\"). "),
                Explanation.of(ended));
    }

    @Test
    void aPolicyThatWaitsForMoreBadWindowsThanThereAreStillFindsAVersionSick() {
        var usual = World.SETTINGS.strictness();
        world.configure(
                World.SETTINGS.withStrictness(new Strictness(usual.alpha(), usual.beta(), 30, usual.sloBreach())));
        var run = start(null, WITHIN);
        assertEquals(20, run.plan().settings().strictness().minFailWindows());
        world.pollBad(POLLS_OF_TEN_MINUTES);
        assertEquals(Verdict.FAIL, world.read(run).status().verdict());
    }

    @Test
    void theExampleOfThePageIsWhatIsToldOfSuchARecovery() throws IOException {
        var run = start(null, WITHIN);
        for (var bad : List.of(1, 1, 0, 1, 0, 1)) {
            world.poll(bad, 1_500, 0, 0);
        }
        var page = Files.readString(Path.of("../docs/recovery.md"));
        var shown = page.lines()
                .filter(line -> line.startsWith("> "))
                .map(line -> line.substring(2))
                .collect(Collectors.joining(" "));
        assertEquals(shown, Explanation.of(world.read(run)));
    }

    @Test
    void aPolicyThatChoosesTheMannWhitneyJudgeIsHeldToItsSloBySequentialTests() {
        var plan =
                new ScorePlan(0.25, 0.98, 30, 95, 75, Map.of(), List.of(MetricPlan.badRatio("checkout-availability")));
        world.configure(World.SETTINGS.withScore(new ScoreSettings(plan, List.of(Duration.ofMinutes(30)))));
        var run = start(null, WITHIN);
        assertNull(run.plan().settings().score());
        world.pollHealthy(8);
        assertEquals(Verdict.PASS, world.read(run).status().verdict());
    }

    @Test
    void theSameRequestTwiceIsOneRecoveryAndAnotherTimeOrAReleaseIsAnotherBody() {
        var id = UUID.randomUUID();
        var first = start(id, WITHIN);
        world.pollHealthy(1);
        var again = start(id, WITHIN);
        assertEquals(first.id(), again.id());
        assertEquals(world.read(first), again, "the second answer is the present state");
        assertThrows(RequestReusedException.class, () -> start(id, WITHIN.plusMinutes(1)));
        assertThrows(RequestReusedException.class, () -> start(id, null));
        var release = UUID.randomUUID();
        start(release, null);
        assertThrows(
                RequestReusedException.class,
                () -> start(release, World.SETTINGS.timing().deadline()));
    }

    @Test
    void aRecoveryIsNoReleaseInAnyRecord() {
        var recovered = start(null, WITHIN);
        world.pollHealthy(8);
        assertEquals(Verdict.PASS, world.read(recovered).status().verdict());
        assertEquals(Optional.empty(), world.replica().runs.previous("checkout", "new", "old"));
        assertTrue(world.replica().histories.find("checkout").isEmpty(), "nothing is measured of it");
        assertEquals(List.of(), world.replica().histories.windows("checkout", 100));
        var release = start(null, null);
        assertEquals(List.of(release.id()), listed(Purpose.RELEASE));
        assertEquals(List.of(recovered.id()), listed(Purpose.RECOVERY));
        assertEquals(List.of(release.id(), recovered.id()), listed(null));
        assertEquals(
                1,
                world.registry
                        .get("portcullis.analysis.recoveries")
                        .tag("verdict", "PASS")
                        .counter()
                        .count());
        assertTrue(world.registry.find("portcullis.analysis.verdicts").counters().stream()
                .allMatch(counter -> counter.count() == 0));
    }

    @Test
    void aRestartInTheMiddleLosesNothing() {
        var run = start(null, WITHIN);
        world.poll(0, 1_500, 0, 0);
        world.poll(0, 1_500, 0, 0);
        assertTrue(world.read(run).isRunning());
        world.restart();
        world.poll(0, 1_500, 0, 0);
        world.poll(0, 1_500, 0, 0);
        var ended = world.read(run);
        assertEquals(Verdict.PASS, ended.status().verdict());
        assertEquals(6_000, ended.counts("checkout-availability").canary().total());
        assertNotNull(ended.status().endTime());
        assertFalse(ended.isRunning());
    }

    private List<UUID> listed(@Nullable Purpose purpose) {
        return world.replica().list.list(new RunFilter("checkout", null, purpose), null, 10).runs().stream()
                .map(AnalysisRun::id)
                .toList();
    }

    private AnalysisRun start(@Nullable UUID request, @Nullable Duration within) {
        return world.replica()
                .start
                .start(new StartAnalysis.Request(request, "checkout", "old", null, false, "", within));
    }
}
