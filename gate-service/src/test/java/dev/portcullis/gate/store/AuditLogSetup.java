package dev.portcullis.gate.store;

import dev.portcullis.gate.audit.AuditEvents;
import dev.portcullis.gate.audit.AuditFilter;
import dev.portcullis.gate.audit.AuditSigner;
import dev.portcullis.gate.audit.AuditSigning;
import dev.portcullis.gate.usecase.AskWitnesses;
import dev.portcullis.gate.usecase.SequenceAuditEntries;
import dev.portcullis.gate.usecase.VerifyAuditLog;
import dev.portcullis.kit.audit.AuditAction;
import dev.portcullis.kit.audit.AuditActor;
import dev.portcullis.kit.audit.AuditEntry;
import dev.portcullis.kit.database.Database;
import dev.portcullis.kit.database.DatabaseSettings;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.kit.transparency.LogFault;
import dev.portcullis.kit.transparency.LogKeys;
import dev.portcullis.kit.transparency.LogVerification;
import dev.portcullis.kit.transparency.SignerKey;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** The audit log on a real PostgreSQL, and somebody with all rights who is at it. */
abstract class AuditLogSetup {
    static final AuditFilter ALL = new AuditFilter(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    static final SignerKey KEY = SignerKey.generate("portcullis.example/audit", new SecureRandom());

    @TempDir
    Path folder;

    final DatabaseSettings settings = TestDatabase.fresh();
    final Database database = Database.open(settings, "gate", OpenTelemetry.noop(), new SimpleMeterRegistry());
    final PostgresAuditLog log = new PostgresAuditLog(database.jdbi(), ReleaseStoreSetup.AUDIT);
    final AtomicInteger signed = new AtomicInteger();
    final AtomicInteger refused = new AtomicInteger();

    final AuditEvents events = new AuditEvents() {
        @Override
        public void signed() {
            signed.incrementAndGet();
        }

        @Override
        public void refused() {
            refused.incrementAndGet();
        }

        @Override
        public void cosigned(String witness) {
            throw new IllegalStateException("there is no witness");
        }

        @Override
        public void notCosigned(String witness) {
            throw new IllegalStateException("there is no witness");
        }
    };

    final AuditSigner signer = new AuditSigner(new LogKeys(KEY, List.of()));

    @AfterEach
    void close() {
        database.close();
    }

    AuditSigning signing() {
        return new AuditSigning(Optional.of(signer), Optional.of(new CheckpointFile(folder.resolve("checkpoint"))));
    }

    void sequence() {
        sequence(signing());
    }

    void sequence(AuditSigning by) {
        var nobody = new AskWitnesses(log, List.of(), events, System::nanoTime);
        new SequenceAuditEntries(log, by, nobody, events).sequence();
    }

    LogVerification verify() {
        return new VerifyAuditLog(log, signing(), Clock.systemUTC()).verify();
    }

    static AuditEntry entry(String service, String actor, int number) {
        return new AuditEntry(
                Instant.parse("2026-03-01T12:00:00Z"),
                AuditAction.PROMOTE_RELEASE,
                AuditActor.declared(actor),
                Optional.of(service),
                Optional.of("services/" + service + "/releases/" + new UUID(0, number)),
                AuditEntry.Outcome.SUCCESS,
                "reason " + number + " \u0007",
                Map.of());
    }

    void record(int count) {
        IntStream.range(0, count).forEach(i -> log.record(entry("checkout", "alice", i)));
    }

    /** What nobody can do but a superuser, who can do everything. */
    void asIntruder(String... statements) {
        database.jdbi().useTransaction(handle -> {
            handle.execute("set local session_replication_role = replica");
            for (var statement : statements) {
                handle.execute(statement);
            }
        });
    }

    static String state(JdbiException e) {
        return ((SQLException) e.getCause()).getSQLState();
    }

    static List<LogFault.Kind> kinds(LogVerification verification) {
        return verification.faults().stream().map(LogFault::kind).toList();
    }
}
