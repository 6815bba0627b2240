package dev.portcullis.demo;

/** How a rollout ended. */
sealed interface RolloutEnd {
    /** The canary is the stable version now. */
    record Promoted() implements RolloutEnd {}

    /** The gate said ABORT. */
    record Aborted() implements RolloutEnd {}

    /**
     * The time was over first.
     *
     * @param weight the canary's share of the traffic then
     * @param last what the gate said last
     */
    record Undecided(double weight, GateReply last) implements RolloutEnd {}
}
