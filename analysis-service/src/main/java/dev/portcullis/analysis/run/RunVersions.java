package dev.portcullis.analysis.run;

import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Tells which analyses have changed, whichever replica changed them. Thread-safe. */
public interface RunVersions {
    /** Of each analysis a text that is another after each change; those that do not exist are left out. */
    Map<UUID, String> of(Set<UUID> ids);
}
