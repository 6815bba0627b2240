package dev.portcullis.gate.audit;

import dev.portcullis.kit.audit.AuditAction;
import java.time.Instant;
import java.util.Optional;

/**
 * Which entries are wanted; an empty part leaves out none.
 *
 * @param object the resource
 * @param actor name of who did it
 * @param from recorded at this time or later
 * @param to recorded before this time
 */
public record AuditFilter(
        Optional<String> service,
        Optional<String> object,
        Optional<AuditAction> action,
        Optional<String> actor,
        Optional<Instant> from,
        Optional<Instant> to) {}
