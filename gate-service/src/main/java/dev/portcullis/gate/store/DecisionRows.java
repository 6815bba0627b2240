package dev.portcullis.gate.store;

import dev.portcullis.gate.analysis.MeasuringState;
import dev.portcullis.gate.analysis.Verdict;
import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.decision.Origin;
import dev.portcullis.gate.decision.Outcome;
import dev.portcullis.gate.decision.PolicyVersion;
import dev.portcullis.kit.text.PlainText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Decisions as rows. Thread-safe. */
final class DecisionRows {
    /** The columns of a decision whose table is called d. */
    static final String COLUMNS = """
            d.id as d_id, d.number as d_number, d.outcome, d.reasons, d.explanation, d.verdict, d.measuring, d.windows,
            d.figures, d.rules, d.actor, d.comment, d.step, d.trace_id, d.traceparent as d_traceparent, d.decided_at""";

    /** A decision that rests on a judgement but brings no analysis was made by a person or a newer release: it keeps the latest decision's. */
    private static final String INSERT = """
            insert into decisions (id, release_id, outcome, reasons, explanation, verdict, measuring, windows, figures,
              rules, policy, undecided, on_fail, analysis, actor, comment, step, trace_id, traceparent, decided_at)
            values (:id, :release, :outcome, :reasons, :explanation, :verdict, :measuring, :windows, cast(:figures as jsonb),
              cast(:rules as jsonb), :policy, :undecided, :onFail,
              case when :brought then cast(:analysis as jsonb)
                   when :judged then (select l.analysis from releases r join decisions l on l.id = r.latest_decision
                                      where r.id = :release) end,
              :actor, :comment, :step, :traceId, :traceparent, :time)
            returning encode(sha256(convert_to(analysis::text, 'UTF8')), 'hex')""";

    private static final String POLICY =
            "insert into policies (hash, name, text) values (:hash, :name, :text) on conflict (hash) do nothing";

    private static final Pattern ESCAPE = Pattern.compile("\\\\(u[0-9a-fA-F]{4}|.)");
    private static final String NUL = "\\u0000";

    private DecisionRows() {}

    /** Answers the SHA-256 of the analysis the decision rests on, in hex, over the text that PostgreSQL writes it as; empty when it rests on none. */
    static Optional<String> insert(Handle handle, UUID release, Decision decision) {
        var origin = decision.origin().orElseThrow();
        decision.policy().ifPresent(policy -> insert(handle, policy));
        return handle.createQuery(INSERT)
                .bind("id", origin.id())
                .bind("release", release)
                .bind("outcome", decision.outcome().name())
                .bindArray(
                        "reasons",
                        String.class,
                        decision.reasons().stream().map(DecisionReason::name).toList())
                .bind("explanation", PlainText.of(decision.explanation()))
                .bind("verdict", decision.verdict().map(Verdict::name))
                .bind("measuring", decision.measuring().map(MeasuringState::name))
                .bind("windows", decision.windows())
                .bind("figures", StoredFigures.COLUMN.write(decision.figures()))
                .bind("rules", StoredRuleOutcomes.write(decision.rules()))
                .bind("policy", decision.policy().map(PolicyVersion::hash))
                .bind("undecided", decision.policy().map(PolicyVersion::undecided))
                .bind("onFail", decision.policy().map(policy -> StoredFailActions.write(policy.onFail())))
                .bind("brought", decision.analysis().isPresent())
                .bind("judged", decision.verdict().isPresent())
                .bind("analysis", decision.analysis().map(DecisionRows::storable))
                .bind("actor", origin.actor())
                .bind("comment", origin.comment())
                .bind("step", origin.step())
                .bind("traceId", origin.traceId())
                .bind("traceparent", origin.traceparent())
                .bind("time", origin.time())
                .mapTo(String.class)
                .findOne();
    }

    private static void insert(Handle handle, PolicyVersion policy) {
        handle.createUpdate(POLICY)
                .bind("hash", policy.hash())
                .bind("name", policy.name())
                .bind("text", policy.text())
                .execute();
    }

    /** Reads {@link #COLUMNS}; empty when they came of an outer join without a decision. */
    static Optional<Decision> readOptional(ResultSet row) throws SQLException {
        return row.getObject("d_id") == null ? Optional.empty() : Optional.of(read(row));
    }

    /** Without the analysis and the policy. */
    static Decision read(ResultSet row) throws SQLException {
        return read(row, Optional.empty(), Optional.empty());
    }

    /** Reads a row of a query that has the columns analysis, undecided, on_fail, and name and text of the policy besides. */
    static Decision readWhole(ResultSet row) throws SQLException {
        return read(row, policy(row), Optional.ofNullable(row.getString("analysis")));
    }

    private static Optional<PolicyVersion> policy(ResultSet row) throws SQLException {
        @Nullable String undecided = row.getString("undecided");
        return undecided == null
                ? Optional.empty()
                : Optional.of(new PolicyVersion(
                        row.getString("policy_name"),
                        undecided,
                        StoredFailActions.read(row.getString("on_fail")),
                        row.getString("policy_text")));
    }

    private static Decision read(ResultSet row, Optional<PolicyVersion> policy, Optional<String> analysis)
            throws SQLException {
        @Nullable String verdict = row.getString("verdict");
        @Nullable String measuring = row.getString("measuring");
        return new Decision(
                Outcome.valueOf(row.getString("outcome")),
                reasons(row),
                row.getString("explanation"),
                Optional.ofNullable(verdict).map(Verdict::valueOf),
                Optional.ofNullable(measuring).map(MeasuringState::valueOf),
                row.getInt("windows"),
                StoredFigures.COLUMN.read(row.getString("figures"), row.getString("d_id")),
                StoredRuleOutcomes.read(row.getString("rules"), row.getString("d_id")),
                policy,
                analysis,
                Optional.of(origin(row)));
    }

    private static List<DecisionReason> reasons(ResultSet row) throws SQLException {
        return Arrays.stream((String[]) row.getArray("reasons").getArray())
                .map(DecisionReason::valueOf)
                .toList();
    }

    private static Origin origin(ResultSet row) throws SQLException {
        return new Origin(
                row.getObject("d_id", UUID.class),
                row.getString("actor"),
                row.getString("comment"),
                row.getString("step"),
                row.getString("trace_id"),
                row.getString("d_traceparent"),
                row.getTimestamp("decided_at").toInstant());
    }

    /** An analysis as JSON, without the one character that jsonb has no place for: it is shown as an escape instead. */
    static String storable(String json) {
        return ESCAPE.matcher(json)
                .replaceAll(
                        escape -> Matcher.quoteReplacement(escape.group().equals(NUL) ? "\\" + NUL : escape.group()));
    }
}
