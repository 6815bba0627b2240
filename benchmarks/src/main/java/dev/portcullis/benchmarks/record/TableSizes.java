package dev.portcullis.benchmarks.record;

import dev.portcullis.kit.database.DatabaseSettings;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the tables of all schemas take, with their indexes and what is kept apart of them, once the room of old versions of rows is given back: what stays.
 *
 * @param bytes by schema and table
 * @param rows by schema and table
 */
record TableSizes(Map<String, Long> bytes, Map<String, Long> rows) {
    private static final String TABLES = """
            select schemaname || '.' || relname as name, pg_total_relation_size(relid) as bytes,
              (xpath('/row/count/text()', query_to_xml('select count(*) from ' || relid::regclass, true, true, '')))[1]::text::bigint as rows
            from pg_stat_user_tables""";

    /** Those of now. */
    static TableSizes read(DatabaseSettings database) throws SQLException {
        var bytes = new TreeMap<String, Long>();
        var rows = new TreeMap<String, Long>();
        try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                var statement = connection.createStatement()) {
            statement.execute("vacuum full");
            try (var row = statement.executeQuery(TABLES)) {
                while (row.next()) {
                    bytes.put(row.getString("name"), row.getLong("bytes"));
                    rows.put(row.getString("name"), row.getLong("rows"));
                }
            }
        }
        return new TableSizes(bytes, rows);
    }

    /** What was added since. */
    TableSizes less(TableSizes before) {
        return new TableSizes(less(bytes, before.bytes), less(rows, before.rows));
    }

    private static Map<String, Long> less(Map<String, Long> now, Map<String, Long> before) {
        var difference = new TreeMap<String, Long>();
        now.forEach((table, size) -> difference.put(table, size - before.getOrDefault(table, 0L)));
        return difference;
    }

    long total() {
        return bytes.values().stream().mapToLong(Long::longValue).sum();
    }
}
