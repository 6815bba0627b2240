package dev.portcullis.launcher.faults;

import java.util.random.RandomGenerator;

/**
 * What is wrong with a webhook.
 *
 * @param works whether it carries out an order all the same
 * @param silent whether it answers only when this is over
 * @param status of its answers
 */
record WebhookFault(boolean works, boolean silent, int status) {
    static final WebhookFault NONE = new WebhookFault(true, false, 200);

    /** Those after which a call is repeated. */
    private static final int[] STATUSES = {408, 425, 429, 500, 503};

    static WebhookFault drawn(RandomGenerator random) {
        return new WebhookFault(
                random.nextBoolean(), random.nextInt(4) == 0, STATUSES[random.nextInt(STATUSES.length)]);
    }
}
