package dev.portcullis.kit.rpc;

import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Tells which resources have changed. Thread-safe. */
@FunctionalInterface
public interface Versions {
    /**
     * Of each resource a text that is another after each change; those that do not exist are left out.
     *
     * @param ids one or more, a thousand at most
     */
    Map<UUID, String> of(Set<UUID> ids);
}
