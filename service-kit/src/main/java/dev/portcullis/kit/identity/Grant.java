package dev.portcullis.kit.identity;

/**
 * A role for a group of services.
 *
 * @param role what may be done
 * @param services with which of them
 */
public record Grant(Role role, ServiceGroup services) {
    /** Whether it lets its holder do what needs a role with a service. */
    boolean allows(Role needed, String service) {
        return role.includes(needed) && services.contains(service);
    }

    /** Whether it lets its holder do what needs a role with every service there is. */
    boolean allowsEverywhere(Role needed) {
        return role.includes(needed) && services.isAll();
    }
}
