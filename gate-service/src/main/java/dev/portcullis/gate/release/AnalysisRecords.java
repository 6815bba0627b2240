package dev.portcullis.gate.release;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What the analyses of ended releases follow from, kept as long as the releases: analysis-service deletes its own earlier. The bytes are analysis-service's, and nothing in
 * them is read here. Each method throws {@link StoreUnavailableException} when the store cannot be reached. Thread-safe.
 */
public interface AnalysisRecords {
    /**
     * Analyses by which a release is judged no more and whose record is still to be had; those that are given are not given again before a time.
     *
     * @param next until when
     * @param limit how many at most
     */
    List<WantedRecord> take(Instant now, Instant next, int limit);

    /** Keeps the record of a release's analysis; once it is kept it never changes. */
    void keep(WantedRecord wanted, byte[] record);

    /** Notes that there is none to be had any more. */
    void gone(WantedRecord wanted);

    /** The record of one of a release's analyses; empty while it is not kept. */
    Optional<byte[]> find(UUID release, String analysis);
}
