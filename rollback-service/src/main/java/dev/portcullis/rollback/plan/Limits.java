package dev.portcullis.rollback.plan;

import java.time.Duration;

/**
 * How long a rollback tries before a person is asked. All are above zero.
 *
 * @param retryFor how long the targets are told, from the start of the rollback
 * @param confirmFor how long one target may take to be where it should, from its acceptance
 * @param confirmEvery pause between two looks
 * @param trafficBackWithin the promise: users are off the bad revision within this time from the start; measured, and nothing ends for it
 */
public record Limits(Duration retryFor, Duration confirmFor, Duration confirmEvery, Duration trafficBackWithin) {
    private static final Duration OPTIONAL = Duration.ofSeconds(15);

    public Limits {
        requirePositive("retryFor", retryFor);
        requirePositive("confirmFor", confirmFor);
        requirePositive("confirmEvery", confirmEvery);
        requirePositive("trafficBackWithin", trafficBackWithin);
    }

    /** The same for a stage the chain goes on without: users are not kept waiting for what is not needed. */
    public Limits ofOptional() {
        return new Limits(shorter(retryFor), shorter(confirmFor), confirmEvery, trafficBackWithin);
    }

    private static Duration shorter(Duration limit) {
        return limit.compareTo(OPTIONAL) < 0 ? limit : OPTIONAL;
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + " is " + value + "; legal: above zero");
        }
    }
}
