package dev.portcullis.rollback.recovery;

import java.time.Duration;
import java.util.UUID;

/**
 * Whether users of a service are well on the revision it was returned to.
 *
 * @param id one analysis per id, however often it is asked
 * @param service the service, e.g. "checkout"
 * @param revision the arm label value of the restored version
 * @param within how long the analysis may take; the same for the same id
 */
public record RecoveryQuestion(UUID id, String service, String revision, Duration within) {}
