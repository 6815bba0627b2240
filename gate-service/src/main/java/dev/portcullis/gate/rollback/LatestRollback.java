package dev.portcullis.gate.rollback;

import java.time.Instant;

/**
 * The newest rollback of a service.
 *
 * @param rollback "rollbacks/{uuid}"
 * @param to the revision that gets the traffic
 * @param started when it was started
 * @param status how it stands
 */
public record LatestRollback(String rollback, String to, Instant started, RollbackStatus status) {}
