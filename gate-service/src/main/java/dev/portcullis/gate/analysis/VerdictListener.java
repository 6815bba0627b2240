package dev.portcullis.gate.analysis;

import java.util.List;

/** Is told at once when analyses change their verdict; may miss some, and may be told twice. Thread-safe. */
public interface VerdictListener {
    /** Takes note and returns; what follows happens in the background. */
    void changed(List<VerdictChange> changes);
}
