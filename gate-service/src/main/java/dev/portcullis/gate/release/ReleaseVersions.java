package dev.portcullis.gate.release;

import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Tells which releases have changed, whichever replica changed them. Thread-safe. */
public interface ReleaseVersions {
    /** Of each release a text that is another after each change that its readers see; those that do not exist are left out. */
    Map<UUID, String> of(Set<UUID> ids);
}
