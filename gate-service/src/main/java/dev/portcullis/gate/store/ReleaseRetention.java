package dev.portcullis.gate.store;

import dev.portcullis.kit.retention.RetentionStatements;
import java.util.List;

/** How releases that ended long ago are deleted, with their decisions; and what is counted of Flagger's rollouts, once it has no release any more. */
public final class ReleaseRetention {
    /** A release whose rollback is still to be started stays, whatever its age; the count of a Canary's rollouts stays as long as any of its releases. */
    public static final RetentionStatements STATEMENTS = new RetentionStatements(
            List.of("releases", "decisions", "rollback_orders", "flagger_rollouts"),
            "select min(retention_start) from releases",
            """
            with candidates as (
              select id, retention_start, (select count(*) from decisions d where d.release_id = r.id) as decided
              from releases r
              where retention_start < :before
                and not exists (select from rollback_orders o where o.release_id = r.id and o.state = 'PENDING')
              order by retention_start, id limit :records for update of r skip locked),
            expired as materialized (
              select id from (
                select id, sum(decided) over (order by retention_start, id) - decided as rows_before
                from candidates) counted
              where rows_before < :rows),
            noted as (
              insert into deleted_record (id, delete_time, retention) select id, :now, :retention from expired),
            orders as (
              delete from rollback_orders where release_id in (select id from expired) returning 1),
            decided as (
              delete from decisions where release_id in (select id from expired) returning 1),
            ended as (
              delete from releases where id in (select id from expired) returning 1),
            canaries as (
              delete from flagger_rollouts where (namespace, name) in (
                select namespace, name from flagger_rollouts f
                where began_at < :before and not exists (select from releases r where r.namespace = f.namespace and r.rollout = f.name)
                order by began_at limit :records for update skip locked)
              returning 1)
            select (select count(*) from ended) as releases, (select count(*) from decided) as decisions,
              (select count(*) from orders) as rollback_orders, (select count(*) from canaries) as flagger_rollouts""");

    private ReleaseRetention() {}
}
