package dev.portcullis.gate.policy;

import dev.portcullis.gate.calendar.PromotionCalendar;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** The policies in force. They change while the service runs; each call sees the present ones. Thread-safe, never blocks. */
public interface Policies {
    /** The policy of a service; empty when no ReleasePolicy names it. */
    Optional<GatePolicy> find(String service);

    /** The services that have one. */
    Set<String> services();

    /** When services may be promoted. */
    PromotionCalendar calendar();

    /** Since when they have been in use here. */
    Instant since();
}
