package dev.portcullis.analysis.store;

import dev.portcullis.analysis.evidence.Counts;

/** The form of counts in documents. */
record StoredCounts(double bad, double total) {
    static StoredCounts of(Counts counts) {
        return new StoredCounts(counts.bad(), counts.total());
    }

    Counts counts() {
        return new Counts(bad, total);
    }
}
