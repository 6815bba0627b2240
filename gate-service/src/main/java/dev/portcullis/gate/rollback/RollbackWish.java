package dev.portcullis.gate.rollback;

/**
 * What a person wants to have back.
 *
 * @param service the service
 * @param release name of the release it belongs to
 * @param from the bad revision
 * @param to the good revision
 * @param reason why, a text
 */
public record RollbackWish(String service, String release, String from, String to, String reason) {}
