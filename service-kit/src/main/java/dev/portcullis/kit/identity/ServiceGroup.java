package dev.portcullis.kit.identity;

import java.util.List;

/**
 * The services that one of some patterns matches.
 *
 * @param patterns names of services, in which {@code *} stands for any number of any characters
 */
public record ServiceGroup(List<String> patterns) {
    private static final String ANY = "*";

    /** Every service, also one that no configuration knows. */
    public static final ServiceGroup ALL = new ServiceGroup(List.of(ANY));

    public ServiceGroup {
        patterns = List.copyOf(patterns);
    }

    /** Whether the service is in the group. */
    public boolean contains(String service) {
        return patterns.stream().anyMatch(pattern -> Glob.matches(pattern, service));
    }

    /** Whether every service is in the group. */
    public boolean isAll() {
        return patterns.contains(ANY);
    }
}
