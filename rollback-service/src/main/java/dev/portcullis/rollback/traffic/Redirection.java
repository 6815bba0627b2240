package dev.portcullis.rollback.traffic;

import java.util.List;
import java.util.Optional;

/** How a destination is made the stable one, for routes that have no other. Stateless. */
public interface Redirection {
    /** The key of a route's entry that tells where it leads. */
    String key();

    /**
     * The changes that do it.
     *
     * @param canary the one to change
     * @param stable the stable destinations of the object's other routes
     * @return empty when none of them shows where the stable version is
     */
    Optional<List<PatchOperation>> toStable(Destination canary, List<Destination> stable);
}
