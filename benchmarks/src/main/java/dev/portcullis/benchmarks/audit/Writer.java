package dev.portcullis.benchmarks.audit;

import dev.portcullis.kit.database.DatabaseSettings;
import dev.portcullis.kit.transparency.CanonicalJson;
import dev.portcullis.kit.transparency.TreeHash;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.HdrHistogram.Histogram;

/** Decides on a release of its own again and again: the statements that gate-service runs for a decision, on a connection of its own. Used by one thread. */
final class Writer implements AutoCloseable {
    private static final String OPEN = """
            insert into gate.releases (id, digest, service, namespace, rollout, canary, revision, stable, traceparent, opened_at, state, next_review)
            values (?, ?, 'checkout', 'shop', ?, 'c1', '7', 's1', '', now(), 'OPEN', 'infinity')""";
    private static final String DECIDE = """
            insert into gate.decisions (id, release_id, outcome, reasons, explanation, windows, figures, actor, comment, step, trace_id, traceparent, decided_at)
            values (?, ?, 'HOLD', '{NOT_ENOUGH_EVIDENCE}', ?, ?, '{}', 'gate', '', '', '', '', now())""";
    private static final String EXPLANATION =
            "Not decided after 40 s: evidence against 0.8 : 1 (abort at 100 : 1), for 1.6 : 1 (promote at 20 : 1). "
                    .repeat(3);

    private final Connection connection;
    private final UUID release = UUID.randomUUID();
    private int windows;

    Writer(DatabaseSettings database) throws SQLException {
        connection = DriverManager.getConnection(database.url(), database.user(), database.password());
        connection.setAutoCommit(false);
        try (var open = connection.prepareStatement(OPEN)) {
            open.setObject(1, release);
            open.setString(2, release.toString());
            open.setString(3, release.toString());
            open.executeUpdate();
        }
        connection.commit();
    }

    /**
     * Decides until a time.
     *
     * @param audited whether each decision has its entry in the audit log
     * @param end in {@link System#nanoTime()}
     * @param latencies hears of each decision, in microseconds
     */
    void decideUntil(boolean audited, long end, Histogram latencies) throws SQLException {
        while (System.nanoTime() < end) {
            var begin = System.nanoTime();
            decide(audited);
            latencies.recordValue((System.nanoTime() - begin) / 1_000);
        }
    }

    private void decide(boolean audited) throws SQLException {
        var decision = UUID.randomUUID();
        windows++;
        try (var lock = connection.prepareStatement("select id from gate.releases where id = ? for update");
                var insert = connection.prepareStatement(DECIDE);
                var update = connection.prepareStatement(
                        "update gate.releases set seen_windows = ?, latest_decision = ? where id = ?")) {
            lock.setObject(1, release);
            lock.executeQuery().close();
            insert.setObject(1, decision);
            insert.setObject(2, release);
            insert.setString(3, EXPLANATION);
            insert.setInt(4, windows);
            insert.executeUpdate();
            if (audited) {
                record(decision);
            }
            update.setInt(1, windows);
            update.setObject(2, decision);
            update.setObject(3, release);
            update.executeUpdate();
        }
        connection.commit();
    }

    private void record(UUID decision) throws SQLException {
        var body = CanonicalJson.of(Map.of(
                "action",
                "DECIDE",
                "actor",
                Map.of("kind", "SERVICE", "issuer", "portcullis", "subject", "gate", "name", "gate"),
                "decision",
                Map.of(
                        "name",
                        "services/checkout/releases/" + release + "/decisions/" + decision,
                        "outcome",
                        "HOLD",
                        "reasons",
                        List.of("NOT_ENOUGH_EVIDENCE")),
                "evidence",
                Map.of("windows", windows, "analysisHash", "0".repeat(64)),
                "object",
                "services/checkout/releases/" + release,
                "outcome",
                "SUCCESS",
                "policyHash",
                "0".repeat(64),
                "service",
                "checkout",
                "source",
                Map.of("interface", "INTERNAL"),
                "why",
                EXPLANATION));
        try (var insert = connection.prepareStatement("insert into audit.entries (body, leaf_hash) values (?, ?)")) {
            insert.setString(1, new String(body, StandardCharsets.UTF_8));
            insert.setBytes(2, TreeHash.ofLeaf(body).bytes());
            insert.executeUpdate();
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
