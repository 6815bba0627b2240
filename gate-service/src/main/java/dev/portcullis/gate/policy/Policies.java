package dev.portcullis.gate.policy;

import dev.portcullis.gate.calendar.PromotionCalendar;
import dev.portcullis.gate.group.ReleaseGroup;
import dev.portcullis.gate.release.ReleaseKey;
import dev.portcullis.gate.rule.PromotionRule;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The policies in force. They change while the service runs; each call sees the present ones. Thread-safe, never blocks. */
public interface Policies {
    /** The policy of a service; empty when no ReleasePolicy names it. */
    Optional<GatePolicy> find(String service);

    /** The services that have one. */
    Set<String> services();

    /** The rules for promotions of a service, in the order of its ReleasePolicy; empty when no ReleasePolicy names it. */
    default List<PromotionRule> rules(String service) {
        return find(service).map(GatePolicy::rules).orElse(List.of());
    }

    /** When services may be promoted. */
    PromotionCalendar calendar();

    /** The services that are released together; no release is of two groups. */
    default List<ReleaseGroup> groups() {
        return List.of();
    }

    /** Whether releases of a service may be of a group. */
    default boolean isInGroup(String service) {
        return groups().stream().anyMatch(group -> group.services().contains(service));
    }

    /** The group that a release is of; empty when it is of none. */
    default Optional<ReleaseGroup> group(ReleaseKey release) {
        return groups().stream()
                .filter(group -> group.member(release).isPresent())
                .findFirst();
    }

    /** Since when they have been in use here. */
    Instant since();
}
