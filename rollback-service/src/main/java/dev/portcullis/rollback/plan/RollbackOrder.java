package dev.portcullis.rollback.plan;

/**
 * What the caller wants: a service's traffic back on a revision. Two orders are the same order when all fields are.
 *
 * @param service the service, e.g. "checkout"
 * @param release the release it belongs to, "services/{service}/releases/{uuid}"; empty when there is none
 * @param from the revision to leave
 * @param to the revision to return to
 * @param reason why, as told by the caller
 */
public record RollbackOrder(String service, String release, String from, String to, String reason) {}
