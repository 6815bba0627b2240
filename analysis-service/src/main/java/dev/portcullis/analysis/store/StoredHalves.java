package dev.portcullis.analysis.store;

import dev.portcullis.analysis.evidence.Halves;

/** The form of halves in documents. */
record StoredHalves(StoredCounts first, StoredCounts second) {
    static StoredHalves of(Halves halves) {
        return new StoredHalves(StoredCounts.of(halves.first()), StoredCounts.of(halves.second()));
    }

    Halves halves() {
        return new Halves(first.counts(), second.counts());
    }
}
