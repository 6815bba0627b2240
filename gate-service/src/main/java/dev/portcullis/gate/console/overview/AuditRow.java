package dev.portcullis.gate.console.overview;

import dev.portcullis.gate.console.Moment;
import java.util.Optional;

/**
 * An entry of the audit log in a list.
 *
 * @param index its place in the log; empty while it has none, for about a second
 * @param object the resource it was done to; may be empty
 * @param release the path of the release's page, where the object is one
 * @param body the whole entry as JSON
 */
public record AuditRow(
        Optional<Long> index,
        Moment time,
        String action,
        String actor,
        String object,
        Optional<String> release,
        String outcome,
        String why,
        String body) {}
