package dev.portcullis.rollback.targets.webhook;

import dev.portcullis.rollback.plan.Assignment;

/**
 * The body a webhook receives, field by field as documented.
 *
 * @param rollback resource name
 * @param service service name
 * @param release resource name, or empty
 * @param from the revision to leave
 * @param to the revision to return to
 * @param reason why
 */
record WebhookRequestBody(String rollback, String service, String release, String from, String to, String reason) {
    static WebhookRequestBody of(Assignment assignment) {
        var order = assignment.order();
        return new WebhookRequestBody(
                assignment.rollback(), order.service(), order.release(), order.from(), order.to(), order.reason());
    }
}
