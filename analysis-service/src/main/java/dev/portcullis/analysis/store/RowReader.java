package dev.portcullis.analysis.store;

import dev.portcullis.analysis.run.UnreadableRecordException;
import dev.portcullis.kit.document.UnreadableDocumentException;
import java.sql.SQLException;

/** The reading of a row: whatever in it cannot be read is told in one way. */
interface RowReader<T> {
    /** What the row says. */
    T read() throws SQLException;

    /**
     * Reads.
     *
     * @param row what it is of, for messages
     * @throws UnreadableRecordException when it says nothing that this process understands
     */
    static <T> T of(String row, RowReader<T> rowReader) throws SQLException {
        try {
            return rowReader.read();
        } catch (UnreadableDocumentException e) {
            throw new UnreadableRecordException(String.valueOf(e.getMessage()), e.newer(), e);
        } catch (RuntimeException e) {
            throw new UnreadableRecordException("the row of " + row + " cannot be read: " + e.getMessage(), false, e);
        }
    }
}
