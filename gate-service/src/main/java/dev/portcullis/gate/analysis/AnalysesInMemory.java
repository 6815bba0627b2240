package dev.portcullis.gate.analysis;

import dev.portcullis.gate.feed.NotInMemoryException;
import java.util.Optional;
import java.util.UUID;

/** The analyses when nobody may be asked: every call is a {@link NotInMemoryException}. Thread-safe. */
public final class AnalysesInMemory implements Analyses {
    @Override
    public AnalysisReply start(UUID id, String service, String canary, String baseline) {
        throw new NotInMemoryException();
    }

    @Override
    public AnalysisReply read(String analysis) {
        throw new NotInMemoryException();
    }

    @Override
    public Optional<byte[]> record(String analysis) {
        throw new NotInMemoryException();
    }

    @Override
    public void cancel(String analysis, String reason) {
        throw new NotInMemoryException();
    }
}
