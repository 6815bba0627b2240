package dev.portcullis.gate.store;

import dev.portcullis.gate.analysis.AnalysisProgress;
import dev.portcullis.gate.analysis.Figures;
import dev.portcullis.gate.analysis.MeasuringState;
import dev.portcullis.gate.analysis.ObjectiveFigures;
import dev.portcullis.gate.analysis.Verdict;
import dev.portcullis.gate.decision.Confirmation;
import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.decision.Origin;
import dev.portcullis.gate.decision.Outcome;
import dev.portcullis.gate.decision.RuleOutcome;
import dev.portcullis.gate.message.MessageRoutes;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseKey;
import dev.portcullis.gate.release.ReleaseStart;
import dev.portcullis.gate.release.ReleaseState;
import dev.portcullis.kit.audit.AuditSurroundings;
import dev.portcullis.kit.audit.store.AuditRecorder;
import dev.portcullis.kit.database.Database;
import dev.portcullis.kit.identity.Caller;
import dev.portcullis.kit.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The tables of releases, decisions and orders, once for all tests of a class; every test has a service of its own. The classes share its fields, and so take turns. */
@ResourceLock("dev.portcullis.gate.store.ReleaseStoreSetup")
abstract class ReleaseStoreSetup {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456Z");
    private static final Figures FIGURES = Figures.about(
            "availability",
            new Figures.Ratios(1e12, 0, 100, 20),
            List.of(new ObjectiveFigures(
                    "availability",
                    new Figures.Arms(100, 0),
                    new Figures.Arms(1, 0),
                    new Figures.Arms(0.99, -1),
                    new Figures.Arms(10, -1))));

    static final AuditRecorder AUDIT = new AuditRecorder(
            "gate",
            AuditRows::add,
            () -> new AuditSurroundings(Map.of("interface", "INTERNAL"), "hash of the folder", "ab", "1.2.3"),
            () -> Caller.LOCAL,
            new SimpleMeterRegistry());

    static final MessageRecorder MESSAGES = new MessageRecorder(() -> MessageRoutes.NONE, UUID::randomUUID);

    static Database database;
    static PostgresReleases releases;
    static PostgresDecisions decisions;
    static PostgresRollbackOrders orders;

    @BeforeAll
    static void open() {
        database = Database.open(TestDatabase.fresh(), "gate", OpenTelemetry.noop(), new SimpleMeterRegistry());
        releases = new PostgresReleases(database.jdbi(), AUDIT, MESSAGES);
        decisions = new PostgresDecisions(database.jdbi());
        orders = new PostgresRollbackOrders(database.jdbi(), AUDIT, MESSAGES, Clock.systemUTC());
    }

    @AfterAll
    static void close() {
        database.close();
    }

    static Release open(String service, String canary) {
        var key = new ReleaseKey(service, "shop", service, canary, "7");
        return releases.open(new ReleaseStart(UUID.randomUUID(), key, 1, false, "stable", "00-aa-bb-01", NOW));
    }

    static Origin origin() {
        return new Origin(UUID.randomUUID(), "gate", "", "3", "ab", "00-ab-cd-01", NOW);
    }

    static Decision decision(int windows) {
        return new Decision(
                Outcome.HOLD,
                List.of(DecisionReason.DEADLINE_UNDECIDED, DecisionReason.NO_DATA),
                "wait\nand see",
                Optional.of(Verdict.INCONCLUSIVE),
                Optional.of(MeasuringState.NO_DATA),
                windows,
                FIGURES,
                List.of(new RuleOutcome("calendar", RuleOutcome.Effect.HELD, "closed"), RuleOutcome.passed("bake")),
                Optional.empty(),
                Optional.of("{\"windowCount\": " + windows + "}"),
                Optional.of(origin()));
    }

    static Release decided(Release current, Decision decision) {
        return decided(current, decision, NOW);
    }

    static Release decided(Release current, Decision decision, Instant served) {
        return new Release(
                current.start(),
                current.number(),
                ReleaseState.OPEN,
                "analyses/1",
                new AnalysisProgress(decision.windows(), NOW),
                Optional.of(decision),
                Optional.empty(),
                Optional.of(served),
                Optional.empty(),
                current.successor(),
                current.rollback());
    }

    static Release confirmed(Release current, int windows) {
        return new Release(
                current.start(),
                current.number(),
                ReleaseState.OPEN,
                current.analysis(),
                new AnalysisProgress(windows, NOW),
                current.latest(),
                Optional.of(new Confirmation("wait\nlonger", windows, FIGURES)),
                current.served(),
                Optional.empty(),
                current.successor(),
                current.rollback());
    }

    static Optional<Release> heard(Release current, int windows) {
        return Optional.of(decided(current, decision(windows)));
    }

    static Optional<Release> end(Release release) {
        return Optional.of(release.decidedByPerson(
                Decision.of(Outcome.PROMOTE, DecisionReason.PROMOTED_BY_PERSON, "done"), Optional.empty(), origin()));
    }

    static Release write(Release release, Function<Release, Optional<Release>> rule) {
        return releases.change(release.id(), rule).orElseThrow();
    }

    static Release read(Release release) {
        return releases.find(release.id()).orElseThrow();
    }
}
