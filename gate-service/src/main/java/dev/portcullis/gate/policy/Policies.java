package dev.portcullis.gate.policy;

import dev.portcullis.gate.calendar.PromotionCalendar;
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

    /** Since when they have been in use here. */
    Instant since();
}
