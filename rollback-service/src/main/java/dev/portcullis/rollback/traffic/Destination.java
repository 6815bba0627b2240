package dev.portcullis.rollback.traffic;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One of those among whom a route divides its requests.
 *
 * @param role whose it is
 * @param name for people, e.g. "canary"
 * @param weight its part, to be held against those of the route's others; also when none is written
 * @param entry as it stands in the route
 * @param pointer where it stands in the object, a JSON Pointer
 */
public record Destination(Role role, String name, int weight, JsonNode entry, String pointer) {
    /** Whose a destination is. */
    public enum Role {
        STABLE,
        CANARY,
        OTHER
    }

    boolean is(Role wanted) {
        return role == wanted;
    }

    /** "canary 30". */
    @Override
    public String toString() {
        return name + " " + weight;
    }
}
