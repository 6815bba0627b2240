package dev.portcullis.gate.audit;

import dev.portcullis.kit.transparency.LogVerification;
import java.time.Instant;

/**
 * That the whole audit log was looked through.
 *
 * @param time when that was begun
 * @param found what was found
 */
public record VerifiedLog(Instant time, LogVerification found) {}
