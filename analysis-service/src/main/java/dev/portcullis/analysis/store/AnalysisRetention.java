package dev.portcullis.analysis.store;

import dev.portcullis.kit.retention.RetentionStatements;
import java.util.List;

/** How analyses that ended long ago are deleted, with their windows. What was learnt of the stable versions stays: later analyses begin with it. */
public final class AnalysisRetention {
    /** Only those that have ended have a time that counts; the gate renews it as long as a release is open. */
    public static final RetentionStatements STATEMENTS = new RetentionStatements(
            List.of("analysis", "analysis_window", "ended_windows"), "select min(retention_start) from analysis", """
            with candidates as (
              select id, retention_start, window_count from analysis
              where retention_start < :before order by retention_start, id limit :records for update skip locked),
            expired as materialized (
              select id from (
                select id, sum(window_count) over (order by retention_start, id) - window_count as rows_before
                from candidates) counted
              where rows_before < :rows),
            noted as (
              insert into deleted_record (id, delete_time, retention) select id, :now, :retention from expired),
            windows as (
              delete from analysis_window where analysis_id in (select id from expired) returning 1),
            together as (
              delete from ended_windows where analysis_id in (select id from expired) returning 1),
            analyses as (
              delete from analysis where id in (select id from expired) returning 1)
            select (select count(*) from analyses) as analysis, (select count(*) from windows) as analysis_window,
              (select count(*) from together) as ended_windows""");

    private AnalysisRetention() {}
}
