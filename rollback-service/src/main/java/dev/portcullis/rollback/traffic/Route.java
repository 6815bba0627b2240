package dev.portcullis.rollback.traffic;

import dev.portcullis.rollback.traffic.Destination.Role;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A list of destinations among which some requests are divided by weight.
 *
 * @param label for people, e.g. "route primary"
 * @param destinations in the order of the object
 */
public record Route(String label, List<Destination> destinations) {
    public Route {
        destinations = List.copyOf(destinations);
    }

    List<Destination> of(Role role) {
        return destinations.stream().filter(one -> one.is(role)).toList();
    }

    boolean leadsTo(Role role) {
        return destinations.stream().anyMatch(one -> one.is(role));
    }

    /** Whether its stable destination, and no other, has a weight. */
    boolean isStableOnly() {
        return destinations.stream().allMatch(one -> one.is(Role.STABLE) == (one.weight() > 0));
    }

    /** "route primary: stable 70, canary 30". */
    @Override
    public String toString() {
        return label + ": " + destinations.stream().map(Destination::toString).collect(Collectors.joining(", "));
    }
}
