package dev.portcullis.gate.store;

import dev.portcullis.gate.release.IdRange;
import dev.portcullis.gate.release.OpenReleases;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseFilter;
import dev.portcullis.gate.release.ReleaseInProgress;
import dev.portcullis.gate.release.ReleaseKey;
import dev.portcullis.gate.release.ReleaseStart;
import dev.portcullis.gate.release.ReleaseState;
import dev.portcullis.gate.release.Releases;
import dev.portcullis.gate.release.Retry;
import dev.portcullis.kit.audit.store.AuditRecorder;
import dev.portcullis.kit.identity.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/** The releases in PostgreSQL. Thread-safe. */
public final class PostgresReleases implements Releases {
    /** Versions of releases: of what their readers see, which is in two tables. */
    public static final String VERSIONS = """
            select r.id, concat_ws('/', r.state, r.latest_decision, r.seen_windows, r.analysis, r.served_at, r.ended_at, md5(r.approvals::text), md5(r.added_rules::text), r.watched_until,
                                   o.state, o.rollback, md5(o.detail)) as version
            from releases r left join rollback_orders o on o.release_id = r.id
            where r.id = any(:ids)""";

    /** Time the opener has before the first review. */
    private static final Duration FIRST_REVIEW = Duration.ofSeconds(2);

    private static final String INSERT = """
            insert into releases (id, digest, run, dry_run, service, namespace, rollout, canary, revision, stable, traceparent,
              artifact, ticket, author, labels, added_rules, opener, retry_actor, retry_reason, opened_at, state, next_review)
            values (:id, :digest, :run, :dryRun, :service, :namespace, :rollout, :canary, :revision, :stable, :traceparent,
              :artifact, :ticket, :author, :labels, cast(:addedRules as jsonb), :opener, :retryActor, :retryReason, :time,
              'OPEN', :review)
            on conflict (digest, run) do nothing""";

    private static final String OTHERS_SERVED = """
            select exists (select from releases
                           where service = :service and namespace = :namespace and rollout = :rollout
                             and digest <> :digest and served_at > :ended)""";

    private static final String ON_TOP_OF = ReleaseRows.SELECT + """
            where r.state = 'OPEN' and r.service = :service and r.namespace = :namespace and r.rollout = :rollout
              and r.stable = :canary and (r.served_at is not null or r.canary = :stable)
              and d.outcome is distinct from 'PROMOTE' and (:dryRun or not r.dry_run)
            order by r.number desc limit 1""";

    private static final String LAST_ABORTED = ReleaseRows.SELECT + """
            where r.service = :service and r.state = 'ABORTED' and not r.dry_run
            order by r.ended_at desc limit 1""";

    private static final String TAKE = """
            update releases set next_review = :next
            where id in (select id from releases where state = 'OPEN' and next_review <= :now
                         order by next_review limit :limit for update skip locked)
            returning id""";

    private static final String OPEN_OF = ReleaseRows.SELECT + "where r.state = 'OPEN' and r.analysis = any(:analyses)";

    private static final String IN_PROGRESS = """
            select id, number, service from releases
            where state = 'OPEN' and not dry_run and watched_until is null order by number limit 10000""";

    private static final String OPEN = """
            select count(*) as count, min(r.opened_at) filter (where d.outcome is distinct from 'PROMOTE' and not r.dry_run) as oldest
            from releases r left join decisions d on d.id = r.latest_decision
            where r.state = 'OPEN'""";

    private static final String LIST = ReleaseRows.SELECT + """
            where r.number < :before
              and (cast(:service as text) is null or r.service = :service)
              and (cast(:state as text) is null or r.state = :state)
              and (cast(:first as uuid) is null or r.id between :first and :last)
            order by r.number desc limit :limit""";

    private final Sql sql;
    private final AuditRecorder audit;
    private final MessageRecorder messages;

    /**
     * The releases of a database.
     *
     * @param audit records each decision in the transaction that writes it
     * @param messages writes down whom to tell of it, in the same transaction
     */
    public PostgresReleases(Jdbi jdbi, AuditRecorder audit, MessageRecorder messages) {
        this.sql = new Sql(jdbi);
        this.audit = audit;
        this.messages = messages;
    }

    @Override
    public Optional<Release> find(ReleaseKey key) {
        return sql.read(handle -> ReleaseRows.find(handle, key));
    }

    /** The latest runs of some keys, of those that there are and that can be read. */
    List<Release> latest(Collection<ReleaseKey> keys) {
        return sql.read(handle -> ReleaseRows.latest(handle, keys));
    }

    @Override
    public Optional<Release> find(UUID id) {
        return sql.read(handle -> ReleaseRows.find(handle, id));
    }

    @Override
    public Release open(ReleaseStart start) {
        return sql.write(handle -> {
            var opened = insert(handle, start);
            if (opened) {
                start.retry()
                        .ifPresent(retry ->
                                audit.record(handle, DecisionEntry.retried(start, retry, audit.actor(retry.actor()))));
            }
            return ReleaseRows.find(handle, start.key())
                    .orElseThrow(() -> new IllegalStateException(
                            "release " + start.id() + " was neither there nor could be inserted"));
        });
    }

    /** Answers whether there was none yet. */
    private boolean insert(Handle handle, ReleaseStart start) {
        var inserted = handle.createUpdate(INSERT)
                .bind("id", start.id())
                .bind("digest", start.key().digest())
                .bind("run", start.run())
                .bind("dryRun", start.dryRun())
                .bind("service", start.key().service())
                .bind("namespace", start.key().namespace())
                .bind("rollout", start.key().rollout())
                .bind("canary", start.key().canary())
                .bind("revision", start.key().revision())
                .bind("stable", start.stable())
                .bind("traceparent", start.traceparent())
                .bind("artifact", start.details().artifact())
                .bind("ticket", start.details().ticket())
                .bind("author", start.details().author())
                .bind("labels", start.details().labelText())
                .bind("addedRules", StoredAddedRules.write(start.details().rules()))
                .bind("opener", audit.knownCaller().map(Caller::name).orElse(""))
                .bind("retryActor", start.retry().map(Retry::actor))
                .bind("retryReason", start.retry().map(Retry::reason))
                .bind("time", start.time())
                .bind("review", start.time().plus(FIRST_REVIEW))
                .execute();
        return inserted > 0;
    }

    @Override
    public void discard(UUID id) {
        sql.read(handle -> handle.createUpdate("delete from releases where id = :id and latest_decision is null")
                .bind("id", id)
                .execute());
    }

    @Override
    public Optional<Release> change(UUID id, Function<Release, Optional<Release>> rule) {
        return sql.write(handle -> ReleaseChanges.lock(handle, id).flatMap(before -> rule.apply(before)
                .map(after -> ReleaseChanges.write(handle, before, after, audit, messages))));
    }

    @Override
    public boolean othersServedAfter(Release ended) {
        return sql.read(handle -> bound(handle.createQuery(OTHERS_SERVED), ended.key())
                .bind("digest", ended.key().digest())
                .bind("ended", ended.ended())
                .mapTo(Boolean.class)
                .one());
    }

    @Override
    public Optional<Release> openOnTopOf(ReleaseKey key, String stable, boolean dryRun) {
        return sql.read(handle -> bound(handle.createQuery(ON_TOP_OF), key)
                .bind("canary", key.canary())
                .bind("stable", stable)
                .bind("dryRun", dryRun)
                .map(ReleaseRows::read)
                .findOne());
    }

    @Override
    public Optional<Release> lastAborted(String service) {
        return sql.read(handle -> handle.createQuery(LAST_ABORTED)
                .bind("service", service)
                .map(ReleaseRows::read)
                .findOne());
    }

    /** With the rollout a key is of. */
    private static Query bound(Query query, ReleaseKey key) {
        return query.bind("service", key.service())
                .bind("namespace", key.namespace())
                .bind("rollout", key.rollout());
    }

    @Override
    public List<Release> takeForReview(Instant now, Instant next, int limit) {
        var ids = sql.read(handle -> handle.createQuery(TAKE)
                .bind("now", now)
                .bind("next", next)
                .bind("limit", limit)
                .mapTo(UUID.class)
                .list());
        return ids.isEmpty() ? List.of() : sql.read(handle -> ReleaseRows.find(handle, ids));
    }

    @Override
    public List<Release> openOf(Collection<String> analyses) {
        return sql.read(handle -> handle.createQuery(OPEN_OF)
                .bindArray("analyses", String.class, analyses.toArray())
                .map(ReleaseRows::read)
                .list());
    }

    @Override
    public List<ReleaseInProgress> inProgress() {
        return sql.read(handle -> handle.createQuery(IN_PROGRESS)
                .map((row, context) -> new ReleaseInProgress(
                        row.getObject("id", UUID.class), row.getLong("number"), row.getString("service")))
                .list());
    }

    @Override
    public OpenReleases open() {
        return sql.read(handle -> handle.createQuery(OPEN)
                .map((row, context) -> new OpenReleases(row.getLong("count"), ReleaseRows.time(row, "oldest")))
                .one());
    }

    @Override
    public void reviewAt(UUID id, Instant next) {
        sql.read(handle -> handle.createUpdate("update releases set next_review = :next where id = :id")
                .bind("next", next)
                .bind("id", id)
                .execute());
    }

    @Override
    public List<Release> list(ReleaseFilter filter, OptionalLong before, int limit) {
        List<Release> found = new ArrayList<>();
        long below = before.orElse(Long.MAX_VALUE);
        while (true) {
            var wanted = limit - found.size();
            var page = page(filter, below, wanted);
            page.forEach(listRow -> listRow.release().ifPresent(found::add));
            if (page.size() < wanted || found.size() == limit) {
                return found;
            }
            below = page.getLast().number();
        }
    }

    /** @param release empty when it cannot be read */
    private record ListRow(long number, Optional<Release> release) {}

    private List<ListRow> page(ReleaseFilter filter, long before, int limit) {
        return sql.read(handle -> handle.createQuery(LIST)
                .bind("before", before)
                .bind("service", filter.service())
                .bind("state", filter.state().map(ReleaseState::name))
                .bind("first", filter.ids().map(IdRange::first))
                .bind("last", filter.ids().map(IdRange::last))
                .bind("limit", limit)
                .map((row, context) -> new ListRow(row.getLong("number"), ReleaseRows.readable(row, context)))
                .list());
    }
}
