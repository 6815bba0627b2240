package dev.portcullis.gate.store;

import dev.portcullis.gate.hold.HoldEndedException;
import dev.portcullis.gate.hold.PromotionHold;
import dev.portcullis.gate.hold.PromotionHolds;
import dev.portcullis.gate.hold.TooManyHoldsException;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseEndedException;
import dev.portcullis.gate.release.ReleaseNotFoundException;
import dev.portcullis.kit.audit.AuditAction;
import dev.portcullis.kit.audit.store.AuditRecorder;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The holds in PostgreSQL. Thread-safe. */
public final class PostgresPromotionHolds implements PromotionHolds {
    /** What whoever places a hold locks, and shares whoever records a promotion: the one waits for the other. Any number that nothing else locks. */
    private static final long LOCK = 0x486F6C64L;

    private static final String INSERT = """
            insert into promotion_holds (id, services, release_id, exceptions, reason, creator, created_at, expires_at)
            values (:id, :services, :release, :exceptions, :reason, :creator, :created, :end)""";

    private static final String ACTIVE = """
            h.ended_at is null and (h.expires_at is null or h.expires_at > :now)
            and (h.release_id is null or r.state = 'OPEN')""";

    private static final String END = """
            update promotion_holds h set ended_at = :time, ender = :actor, end_reason = :reason
            where h.id = :id and h.ended_at is null and (h.expires_at is null or h.expires_at > :time)""";

    /** A pattern as SQL has it. */
    private static final String CONCERNS = """
            exists (select from unnest(h.services) p where :service like
              replace(replace(replace(replace(p, '!', '!!'), '%', '!%'), '_', '!_'), '*', '%') escape '!')""";

    /** What was held is due for its review; what somebody else changes just now is judged by that. */
    private static final String REVIEW = """
            update releases set next_review = :now where id in (
              select r.id from releases r join promotion_holds h on h.id = :hold
              where r.state = 'OPEN' and r.next_review > :now
                and (r.id = h.release_id or h.release_id is null and %s)
              for update of r skip locked)""".formatted(CONCERNS.replace(":service", "r.service"));

    private final Sql sql;
    private final AuditRecorder audit;
    private final Clock clock;

    /**
     * On a database.
     *
     * @param jdbi that of the releases, whose transactions a look for active holds takes part in
     * @param audit records each change in the transaction that makes it
     * @param clock by which holds expire
     */
    public PostgresPromotionHolds(Jdbi jdbi, AuditRecorder audit, Clock clock) {
        this.sql = new Sql(jdbi);
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public PromotionHold create(PromotionHold hold) {
        return sql.write(handle -> {
            // The release first, as whoever records a promotion does.
            hold.release().ifPresent(release -> requireOpen(handle, hold, release));
            handle.createQuery("select 1 from pg_advisory_xact_lock(:lock)")
                    .bind("lock", LOCK)
                    .mapTo(Integer.class)
                    .one();
            if (active(handle).size() >= MOST_ACTIVE) {
                throw new TooManyHoldsException();
            }
            insert(handle, hold);
            var kept = find(handle, hold.id()).orElseThrow();
            audit.record(
                    handle,
                    HoldRows.entry(AuditAction.HOLD_PROMOTIONS, kept, kept.created(), audit.actor(), kept.reason()));
            return kept;
        });
    }

    private static void requireOpen(Handle handle, PromotionHold hold, UUID release) {
        var name = Release.name(hold.services().getFirst(), release);
        var found = ReleaseChanges.lock(handle, release)
                .filter(known -> known.name().equals(name))
                .orElseThrow(() -> new ReleaseNotFoundException(name));
        if (!found.open()) {
            throw new ReleaseEndedException(name, found.state());
        }
    }

    private static void insert(Handle handle, PromotionHold hold) {
        handle.createUpdate(INSERT)
                .bind("id", hold.id())
                .bindArray("services", String.class, hold.services().toArray())
                .bind("release", hold.release())
                .bindArray("exceptions", String.class, hold.exceptions().toArray())
                .bind("reason", hold.reason())
                .bind("creator", hold.creator())
                .bind("created", hold.created())
                .bind("end", hold.end())
                .execute();
    }

    @Override
    public Optional<PromotionHold> end(UUID id, PromotionHold.Ending ending) {
        var ended = sql.write(handle -> {
            var changed = handle.createUpdate(END)
                    .bind("id", id)
                    .bind("time", ending.time())
                    .bind("actor", ending.actor())
                    .bind("reason", ending.reason())
                    .execute();
            var kept = find(handle, id);
            if (changed == 0) {
                kept.ifPresent(hold -> {
                    throw HoldEndedException.of(hold);
                });
                return kept;
            }
            audit.record(
                    handle,
                    HoldRows.entry(
                            AuditAction.RESUME_PROMOTIONS,
                            kept.orElseThrow(),
                            ending.time(),
                            audit.actor(),
                            ending.reason()));
            return kept;
        });
        ended.ifPresent(hold -> review(hold.id()));
        return ended;
    }

    private void review(UUID hold) {
        sql.read(handle -> handle.createUpdate(REVIEW)
                .bind("hold", hold)
                .bind("now", clock.instant())
                .execute());
    }

    @Override
    public Optional<PromotionHold> find(UUID id) {
        return sql.read(handle -> find(handle, id));
    }

    private static Optional<PromotionHold> find(Handle handle, UUID id) {
        return handle.createQuery(HoldRows.SELECT + "where h.id = :id")
                .bind("id", id)
                .map(HoldRows::read)
                .findOne();
    }

    @Override
    public List<PromotionHold> active() {
        return sql.read(handle -> {
            handle.createQuery("select 1 from pg_advisory_xact_lock_shared(:lock)")
                    .bind("lock", LOCK)
                    .mapTo(Integer.class)
                    .one();
            return active(handle);
        });
    }

    /** The same for a look that belongs to no promotion, and so waits for nobody. */
    List<PromotionHold> activeNow() {
        return sql.read(this::active);
    }

    private List<PromotionHold> active(Handle handle) {
        return handle.createQuery(HoldRows.SELECT + "where " + ACTIVE + " order by h.number")
                .bind("now", clock.instant())
                .map(HoldRows::read)
                .list();
    }

    @Override
    public List<PromotionHold> list(Optional<String> service, boolean all, OptionalLong before, int limit) {
        var condition = (all ? "" : " and " + ACTIVE) + (service.isPresent() ? " and " + CONCERNS : "");
        return sql.read(handle -> {
            var query = handle.createQuery(HoldRows.SELECT + "where h.number < :before" + condition
                            + " order by h.number desc limit :limit")
                    .bind("before", before.orElse(Long.MAX_VALUE))
                    .bind("limit", limit);
            service.ifPresent(name -> query.bind("service", name));
            if (!all) {
                query.bind("now", clock.instant());
            }
            return query.map(HoldRows::read).list();
        });
    }
}
