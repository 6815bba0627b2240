package dev.portcullis.rollback.rollback;

import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Tells which rollbacks have changed, whichever replica changed them. Thread-safe. */
public interface RollbackVersions {
    /** Of each rollback a text that is another after each change that its readers see; those that do not exist are left out. */
    Map<UUID, String> of(Set<UUID> ids);
}
