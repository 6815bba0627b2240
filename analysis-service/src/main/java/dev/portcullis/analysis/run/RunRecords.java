package dev.portcullis.analysis.run;

/** The record of an analysis as bytes that can be kept apart from analysis-service, for as long as anybody wants to compute it again. Thread-safe. */
public interface RunRecords {
    /** A record as bytes. */
    byte[] write(RunRecord record);

    /**
     * What was written, by this version or an older one.
     *
     * @throws UnreadableRecordException when it is no record that this version understands
     */
    RunRecord read(byte[] bytes);
}
