package dev.portcullis.gate.flagger;

import java.time.Instant;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What Flagger told with one call of a hook.
 *
 * @param namespace of the Canary
 * @param name of the Canary
 * @param phase the Canary's, in Flagger's word
 * @param checksum Flagger's hash of what it rolls out; the same again when the same content comes back
 * @param service whose ReleasePolicy counts
 * @param canary the arm label's value of the canary's pods
 * @param stable the arm label's value of the primary's pods
 * @param dryRun whether Flagger is to go on whatever is decided
 * @param message of an event; empty with every other hook
 * @param received when it came here
 */
public record HookCall(
        FlaggerHook hook,
        String namespace,
        String name,
        String phase,
        String checksum,
        String service,
        String canary,
        String stable,
        boolean dryRun,
        String message,
        Instant received) {
    private static final Set<String> ANALYSED = Set.of("Progressing", "WaitingPromotion");
    private static final Pattern ADVANCE = Pattern.compile("Advance .* canary weight ([0-9]{1,4})");

    /** Sent with the checksum of the revision before, though in phase Progressing. */
    private static final String SCALING_UP = "New revision detected! Scaling up";

    /** Whether Flagger analyses the canary, so that the checksum is that of the revision on its way. */
    boolean analysed() {
        return switch (hook) {
            case PRE_ROLLOUT, ROLLOUT, CONFIRM_TRAFFIC_INCREASE, CONFIRM_PROMOTION -> true;
            case ROLLBACK -> ANALYSED.contains(phase);
            case EVENT -> ANALYSED.contains(phase) && !scalingUp();
            case CONFIRM_ROLLOUT, POST_ROLLOUT -> false;
        };
    }

    /** Whether a rollback can be asked for: in any other phase nothing is under way that could be taken back. */
    public boolean inAnalysis() {
        return ANALYSED.contains(phase);
    }

    /** Whether another rollout is about to begin. */
    boolean beginning() {
        return hook == FlaggerHook.CONFIRM_ROLLOUT ? !inAnalysis() : hook == FlaggerHook.EVENT && scalingUp();
    }

    /** Whether the phase says that the new version has become the primary. */
    public boolean succeeded() {
        return phase.equals("Succeeded");
    }

    /** Whether the phase says that the rollout was taken back. */
    public boolean failed() {
        return phase.equals("Failed");
    }

    /** The share of the traffic, in Flagger's percent, that an event says the canary has got; empty when it says nothing of it. */
    OptionalInt weight() {
        var found = ADVANCE.matcher(message);
        return hook == FlaggerHook.EVENT && found.matches()
                ? OptionalInt.of(Integer.parseInt(found.group(1)))
                : OptionalInt.empty();
    }

    private boolean scalingUp() {
        return message.startsWith(SCALING_UP);
    }
}
