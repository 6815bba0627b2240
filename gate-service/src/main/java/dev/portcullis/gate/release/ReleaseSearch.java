package dev.portcullis.gate.release;

import java.util.List;
import java.util.Set;

/**
 * Which releases somebody looks for; all parts have to hold.
 *
 * @param services patterns of the services he may see, in which {@code *} stands for any characters; empty for none
 * @param states of which a release has one; empty for any
 * @param service the service; empty for any
 * @param text part of the name of the service, canary, revision, stable version, rollout, ticket, author or artifact, in whatever case; empty for any
 */
public record ReleaseSearch(List<String> services, Set<ReleaseState> states, String service, String text) {
    public ReleaseSearch {
        services = List.copyOf(services);
        states = Set.copyOf(states);
    }
}
