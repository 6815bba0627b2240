package dev.portcullis.demo;

import java.time.Duration;

/**
 * The times of a rollout.
 *
 * @param poll time between two questions to the gate
 * @param stay least time at a step, so that the canary sees some traffic there
 * @param rollback time within which an ABORT must have brought the traffic back, and users must be shown to have recovered
 * @param settle time after that in which a second webhook call would show
 */
record RolloutTiming(Duration poll, Duration stay, Duration rollback, Duration settle) {
    static final RolloutTiming OF_THE_DEMO = new RolloutTiming(
            Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(60), Duration.ofSeconds(3));
}
