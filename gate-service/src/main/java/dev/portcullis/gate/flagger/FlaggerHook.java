package dev.portcullis.gate.flagger;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The types of Flagger's webhooks, as Flagger v1.44 calls them. */
public enum FlaggerHook {
    /** Whether a rollout may begin; asked before the canary is scaled up, with the checksum of the revision before. */
    CONFIRM_ROLLOUT("confirm-rollout"),
    /** Asked while the canary has no traffic yet. */
    PRE_ROLLOUT("pre-rollout"),
    /** Asked at each look of Flagger while the canary has traffic; a refusal is a failed check. */
    ROLLOUT("rollout"),
    /** Whether the canary may get more traffic, its first share included. */
    CONFIRM_TRAFFIC_INCREASE("confirm-traffic-increase"),
    /** Whether the canary may become the primary. */
    CONFIRM_PROMOTION("confirm-promotion"),
    /** Whether the rollout is to be taken back: here a success is what ends it. */
    ROLLBACK("rollback"),
    /** How a rollout has ended. */
    POST_ROLLOUT("post-rollout"),
    /** Every event of a Canary. */
    EVENT("event");

    private final String type;

    FlaggerHook(String type) {
        this.type = type;
    }

    /** The word in a Canary and at the end of the hook's address. */
    public String type() {
        return type;
    }

    /** All legal words. */
    public static List<String> types() {
        return Arrays.stream(values()).map(FlaggerHook::type).toList();
    }

    /** The hook of a word; empty when it is none. */
    public static Optional<FlaggerHook> ofType(String word) {
        return Arrays.stream(values()).filter(hook -> hook.type.equals(word)).findFirst();
    }
}
