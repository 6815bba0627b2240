package dev.portcullis.kit.retention;

import java.util.List;

/**
 * How the records of one service are deleted.
 *
 * @param tables those that rows are deleted of, the record's own first
 * @param oldest a query for the moment from which the time of the oldest record counts; no row or null when there is none
 * @param deletion one statement that deletes the oldest records whose time began before {@code :before} and that nothing open needs, at most {@code :records}, and no
 *     further one once they have {@code :rows} rows; skips those that another replica deletes; notes each in {@code deleted_record} ({@code :now}, {@code :retention}); and
 *     selects the number of rows deleted by table, in columns named so
 */
public record RetentionStatements(List<String> tables, String oldest, String deletion) {
    /** Records of one transaction. */
    static final int MOST_RECORDS = 50;

    /** Rows of one transaction after which no further record is added to it. */
    static final int MANY_ROWS = 2_000;
}
