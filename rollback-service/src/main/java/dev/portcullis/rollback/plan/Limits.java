package dev.portcullis.rollback.plan;

import java.time.Duration;

/**
 * How long a rollback tries before a person is asked.
 *
 * @param retryFor how long the target is told, from the start of the rollback; above zero
 * @param verifyFor how long the old revision may take to have the traffic, from the target's acceptance; above zero
 * @param verifyEvery pause between two looks; above zero
 */
public record Limits(Duration retryFor, Duration verifyFor, Duration verifyEvery) {
    public Limits {
        requirePositive("retryFor", retryFor);
        requirePositive("verifyFor", verifyFor);
        requirePositive("verifyEvery", verifyEvery);
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + " is " + value + "; legal: above zero");
        }
    }
}
