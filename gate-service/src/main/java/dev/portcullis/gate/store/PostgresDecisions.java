package dev.portcullis.gate.store;

import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.release.Decisions;
import dev.portcullis.gate.release.RecordedDecision;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** The decisions in PostgreSQL. Thread-safe. */
public final class PostgresDecisions implements Decisions {
    private static final String FIND = "select " + DecisionRows.COLUMNS
            + ", d.analysis, d.undecided, d.on_fail, p.name as policy_name, p.text as policy_text "
            + "from decisions d left join policies p on p.hash = d.policy where d.release_id = :release and d.id = :decision";
    private static final String LIST = "select " + DecisionRows.COLUMNS + " from decisions d "
            + "where d.release_id = :release and d.number < :before order by d.number desc limit :limit";

    private final Sql sql;

    public PostgresDecisions(Jdbi jdbi) {
        this.sql = new Sql(jdbi);
    }

    @Override
    public Optional<Decision> find(UUID release, UUID decision) {
        return sql.read(handle -> handle.createQuery(FIND)
                .bind("release", release)
                .bind("decision", decision)
                .map((row, context) -> DecisionRows.readWhole(row))
                .findOne());
    }

    @Override
    public List<RecordedDecision> list(UUID release, OptionalLong before, int limit) {
        return sql.read(handle -> handle.createQuery(LIST)
                .bind("release", release)
                .bind("before", before.orElse(Long.MAX_VALUE))
                .bind("limit", limit)
                .map((row, context) -> new RecordedDecision(row.getLong("d_number"), DecisionRows.read(row)))
                .list());
    }
}
