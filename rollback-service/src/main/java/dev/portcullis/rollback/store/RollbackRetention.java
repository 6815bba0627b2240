package dev.portcullis.rollback.store;

import dev.portcullis.kit.retention.RetentionStatements;
import java.util.List;

/** How rollbacks that ended long ago are deleted, with their steps and their record. */
public final class RollbackRetention {
    /** Its token goes with it and is noted too: whoever starts with it again, however late, must not have a second rollback. */
    public static final RetentionStatements STATEMENTS = new RetentionStatements(
            List.of("rollback", "rollback_step", "rollback_event", "rollback_preparation"),
            "select min(retention_start) from rollback",
            """
            with candidates as (
              select id, token, retention_start,
                (select count(*) from rollback_event e where e.rollback_id = r.id) as events
              from rollback r
              where retention_start < :before order by retention_start, id limit :records for update skip locked),
            expired as materialized (
              select id, token from (
                select id, token, sum(events) over (order by retention_start, id) - events as rows_before
                from candidates) counted
              where rows_before < :rows),
            noted as (
              insert into deleted_record (id, delete_time, retention)
              select key, :now, :retention from expired, unnest(array[id, token]) key),
            steps as (
              delete from rollback_step where rollback_id in (select id from expired) returning 1),
            events as (
              delete from rollback_event where rollback_id in (select id from expired) returning 1),
            preparations as (
              delete from rollback_preparation where token in (select token from expired) returning 1),
            rollbacks as (
              delete from rollback where id in (select id from expired) returning 1)
            select (select count(*) from rollbacks) as rollback, (select count(*) from steps) as rollback_step,
              (select count(*) from events) as rollback_event, (select count(*) from preparations) as rollback_preparation""");

    private RollbackRetention() {}
}
