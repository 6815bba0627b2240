package dev.portcullis.gate.store;

import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseCounts;
import dev.portcullis.gate.release.ReleaseSearch;
import dev.portcullis.gate.release.ReleaseSearches;
import dev.portcullis.gate.release.ReleaseState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Jdbi;

/** Searches of the releases in PostgreSQL. Thread-safe. */
public final class PostgresReleaseSearches implements ReleaseSearches {
    private static final String FIND = ReleaseRows.SELECT + """
            where r.number < :before and r.service like any(:services)
              and (cardinality(:states::text[]) = 0 or r.state = any(:states::text[]))
              and (:service = '' or r.service = :service)
              and (:text = '' or r.number > (select coalesce(max(number), 0) from releases) - :searched
                   and concat_ws(E'\\n', r.service, r.canary, r.revision, r.stable, r.rollout, r.ticket, r.author, r.artifact) ilike :text)
            order by r.number desc limit :limit""";

    private static final String COUNT = """
            select count(*) filter (where r.state = 'OPEN') as open,
                   count(*) filter (where r.state = 'OPEN' and d.outcome = 'PROMOTE') as promotable,
                   count(*) filter (where r.state = 'PROMOTED') as promoted,
                   count(*) filter (where r.state = 'ABORTED') as aborted
            from releases r left join decisions d on d.id = r.latest_decision
            where (r.state = 'OPEN' or r.ended_at >= :since) and r.service like any(:services)""";

    private final Sql sql;

    public PostgresReleaseSearches(Jdbi jdbi) {
        this.sql = new Sql(jdbi);
    }

    @Override
    public List<Release> find(ReleaseSearch search, OptionalLong before, int limit) {
        return sql.read(handle -> handle
                .createQuery(FIND)
                .bind("before", before.orElse(Long.MAX_VALUE))
                .bindArray("services", String.class, patterns(search.services()))
                .bindArray(
                        "states",
                        String.class,
                        search.states().stream().map(ReleaseState::name).toArray())
                .bind("service", search.service())
                .bind("text", search.text().isEmpty() ? "" : "%" + literal(search.text()) + "%")
                .bind("searched", SEARCHED)
                .bind("limit", limit)
                .map(ReleaseRows::readable)
                .stream()
                .flatMap(Optional::stream)
                .toList());
    }

    @Override
    public ReleaseCounts count(List<String> services, Instant since) {
        return sql.read(handle -> handle.createQuery(COUNT)
                .bindArray("services", String.class, patterns(services))
                .bind("since", since)
                .map((row, context) -> {
                    var open = row.getLong("open");
                    var promotable = row.getLong("promotable");
                    return new ReleaseCounts(
                            open, open - promotable, promotable, row.getLong("promoted"), row.getLong("aborted"));
                })
                .one());
    }

    /** Patterns of service groups as those of LIKE. */
    private static Object[] patterns(List<String> services) {
        return services.stream()
                .map(pattern -> literal(pattern).replace("*", "%"))
                .toArray();
    }

    private static String literal(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }
}
