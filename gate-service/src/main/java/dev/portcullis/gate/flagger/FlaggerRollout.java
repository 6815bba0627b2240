package dev.portcullis.gate.flagger;

import dev.portcullis.gate.release.ReleaseKey;
import java.time.Instant;
import java.util.Optional;

/**
 * One rollout of a Canary by Flagger, from the first call about it to its end. Flagger gives it no number, and its checksum is the same again when content comes
 * back or a rollout is tried once more; so the rollouts of a Canary are counted. Immutable.
 *
 * @param namespace of the Canary
 * @param name of the Canary
 * @param number which rollout of the Canary it is, from 1
 * @param checksum what is rolled out
 * @param service of its release
 * @param canary the arm label's value of the canary's pods
 * @param firstStep whether the next share of traffic that Flagger asks for is the canary's first
 * @param weight the share of the traffic, in Flagger's percent, that the canary has as far as events told; 0 when they did not
 * @param begun when the first call about it came, to the microsecond
 */
public record FlaggerRollout(
        String namespace,
        String name,
        int number,
        String checksum,
        State state,
        String service,
        String canary,
        boolean firstStep,
        int weight,
        Instant begun) {
    /** Where a rollout is. */
    public enum State {
        /** Flagger has not said how it ended. */
        RUNNING,
        /** Flagger has said how it ended. */
        ENDED,
        /** It has ended, and Flagger has asked since then whether the next one may begin. */
        CONFIRMING
    }

    /**
     * The newest rollout of a Canary once a call is heard.
     *
     * @param before the newest as far as is known
     * @return with another number than before when the call is about another rollout; empty when none is known and the call begins none
     */
    public static Optional<FlaggerRollout> after(Optional<FlaggerRollout> before, HookCall call) {
        if (call.beginning()) {
            return before.map(known -> known.outdates(call) ? known : known.in(State.CONFIRMING));
        }
        return switch (call.hook()) {
            case CONFIRM_ROLLOUT -> before;
            case POST_ROLLOUT ->
                Optional.of(before.filter(known -> known.endsBy(call))
                        .orElseGet(() -> next(before, call))
                        .in(State.ENDED));
            case PRE_ROLLOUT -> Optional.of(current(before, call).withFirstStep(true));
            case ROLLOUT, CONFIRM_TRAFFIC_INCREASE, CONFIRM_PROMOTION -> Optional.of(current(before, call));
            case ROLLBACK -> call.analysed() ? Optional.of(current(before, call)) : before;
            case EVENT -> afterEvent(before, call);
        };
    }

    private static FlaggerRollout current(Optional<FlaggerRollout> before, HookCall call) {
        return before.filter(known -> known.state == State.RUNNING && known.checksum.equals(call.checksum()))
                .map(known -> known.about(call))
                .orElseGet(() -> next(before, call));
    }

    /** An event may be read after calls that came later than it, and one that tells of an end is sent before that in the phase of before. */
    private static Optional<FlaggerRollout> afterEvent(Optional<FlaggerRollout> before, HookCall call) {
        if (!call.analysed() || before.filter(known -> known.outdates(call)).isPresent()) {
            return before;
        }
        var current = current(before, call);
        return Optional.of(
                call.weight().isPresent() ? current.withWeight(call.weight().getAsInt()) : current);
    }

    private boolean outdates(HookCall call) {
        return call.hook() == FlaggerHook.EVENT
                && (call.received().isBefore(begun) || (state == State.ENDED && call.analysed() && tellsOf(call)));
    }

    private boolean tellsOf(HookCall call) {
        return checksum.equals(call.checksum());
    }

    /** Whether it is this one whose end is told: for the first time, or again because the first answer was lost. */
    private boolean endsBy(HookCall call) {
        return state != State.CONFIRMING && tellsOf(call);
    }

    private static FlaggerRollout next(Optional<FlaggerRollout> before, HookCall call) {
        return new FlaggerRollout(
                call.namespace(),
                call.name(),
                before.map(known -> known.number + 1).orElse(1),
                call.checksum(),
                State.RUNNING,
                call.service(),
                call.canary(),
                true,
                0,
                call.received());
    }

    private FlaggerRollout about(HookCall call) {
        return with(state, call.service(), call.canary(), firstStep, weight);
    }

    private FlaggerRollout in(State other) {
        return with(other, service, canary, firstStep, weight);
    }

    /** The same with another answer to whether the next share of traffic is the first. */
    public FlaggerRollout withFirstStep(boolean next) {
        return with(state, service, canary, next, weight);
    }

    private FlaggerRollout withWeight(int known) {
        return with(state, service, canary, firstStep, known);
    }

    private FlaggerRollout with(State in, String ofService, String ofCanary, boolean first, int known) {
        return new FlaggerRollout(namespace, name, number, checksum, in, ofService, ofCanary, first, known, begun);
    }

    /** What its release is known by: no other rollout of the Canary has the same. */
    public ReleaseKey key() {
        return new ReleaseKey(service, namespace, name, canary, checksum + "." + number);
    }

    /** What a decision keeps as the rollout's step: the canary's weight if it is known, else the hook. */
    public String step(FlaggerHook hook) {
        return weight > 0 ? "weight-" + weight : hook.type();
    }
}
