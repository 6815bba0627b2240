package dev.portcullis.demo;

/**
 * A call of the rollback webhook.
 *
 * @param key the Idempotency-Key header
 * @param rollback name of the rollback
 * @param service the service, e.g. "checkout"
 * @param release name of the release; may be empty
 * @param from the bad version's hash
 * @param to the good version's hash
 * @param reason why; may be empty
 */
record RollbackCall(
        String key, String rollback, String service, String release, String from, String to, String reason) {}
