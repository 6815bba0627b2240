package dev.portcullis.analysis.store;

import dev.portcullis.analysis.run.RunRecord;
import dev.portcullis.analysis.run.RunRecords;
import dev.portcullis.analysis.run.UnreadableRecordException;
import dev.portcullis.kit.document.DocumentColumn;
import dev.portcullis.kit.document.UnreadableDocumentException;

/** Records as documents with a version. Stateless. */
public final class RunRecordDocuments implements RunRecords {
    private static final ZippedDocument<RunRecord> DOCUMENT = new ZippedDocument<>(DocumentColumn.of(
            "analysis record", 2, StoredRunRecord.class, StoredRunRecord::of, StoredRunRecord::record));

    @Override
    public byte[] write(RunRecord record) {
        return DOCUMENT.write(record);
    }

    @Override
    public RunRecord read(byte[] bytes) {
        try {
            return DOCUMENT.read(bytes, "of an analysis");
        } catch (UnreadableDocumentException e) {
            throw new UnreadableRecordException(String.valueOf(e.getMessage()), e.newer(), e);
        }
    }
}
