package dev.portcullis.gate.kayenta;

import dev.portcullis.gate.decision.Outcome;
import dev.portcullis.gate.release.GateRequest;
import dev.portcullis.gate.release.InvalidFieldException;
import dev.portcullis.gate.release.ReleaseKey;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * A question in Kayenta's words: what is judged, and which scores mean what to whoever asks. Nothing of it is kept, its id says all of it; so every replica knows
 * every execution, at any time, and the same question has the same id.
 *
 * @param service whose ReleasePolicy counts
 * @param application of the caller; the rollout of the release
 * @param location of the canary; the namespace of the release
 * @param canary the experiment's scope: the canary's arm label value
 * @param stable the control's scope: the stable version's arm label value
 * @param pipeline Spinnaker's execution that asks; empty with any other caller
 * @param pass scores from here on are a success to the caller, 0 to 100
 * @param marginal scores below are a failure to the caller, 0 to {@code pass}
 */
public record CanaryExecution(
        String service,
        String application,
        String location,
        String canary,
        String stable,
        String pipeline,
        int pass,
        int marginal) {
    private static final String VERSION = "1";
    private static final int FIELDS = 9;
    private static final Pattern SCORE = Pattern.compile("[0-9]{1,3}");
    private static final int BEST = 100;

    /** What the id stands for; empty when it is none. */
    public static Optional<CanaryExecution> of(String id) {
        try {
            var text = new String(Base64.getUrlDecoder().decode(id), StandardCharsets.UTF_8);
            var execution = of(List.of(text.split("\n", -1)));
            return execution.filter(one -> one.id().equals(id));
        } catch (IllegalArgumentException | InvalidFieldException e) {
            return Optional.empty();
        }
    }

    private static Optional<CanaryExecution> of(List<String> fields) {
        if (fields.size() != FIELDS
                || !fields.getFirst().equals(VERSION)
                || !SCORE.matcher(fields.get(7)).matches()
                || !SCORE.matcher(fields.get(8)).matches()) {
            return Optional.empty();
        }
        var execution = new CanaryExecution(
                fields.get(1),
                fields.get(2),
                fields.get(3),
                fields.get(4),
                fields.get(5),
                fields.get(6),
                Integer.parseInt(fields.get(7)),
                Integer.parseInt(fields.get(8)));
        execution.request();
        return Optional.of(execution).filter(one -> one.pass <= BEST && one.marginal <= one.pass);
    }

    /** The execution that a release would have by the scores that are usual with Kayenta. */
    public static CanaryExecution of(ReleaseKey key, String stable) {
        return new CanaryExecution(
                key.service(), key.rollout(), key.namespace(), key.canary(), stable, key.revision(), 95, 75);
    }

    /** Letters, digits, dashes and underscores: no field has a line feed in it. */
    public String id() {
        var text = String.join(
                "\n",
                VERSION,
                service,
                application,
                location,
                canary,
                stable,
                pipeline,
                Integer.toString(pass),
                Integer.toString(marginal));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    public ReleaseKey key() {
        return new ReleaseKey(service, location, application, canary, pipeline);
    }

    /** @throws InvalidFieldException for the first name that is not legal */
    public GateRequest request() {
        return new GateRequest(key(), stable, "kayenta");
    }

    /**
     * The score that makes the caller do what was decided; empty when it has to ask again. Argo Rollouts fails below {@code marginal}, pauses below {@code pass}; Spinnaker
     * fails at {@code marginal} already, and asks anew at each interval, so that each of its questions is answered at once.
     *
     * @param settled whether a HOLD will stay one until a person does something
     */
    public OptionalInt score(Outcome outcome, boolean settled) {
        return switch (outcome) {
            case PROMOTE -> OptionalInt.of(BEST);
            case ABORT -> OptionalInt.of(Math.min(0, marginal - 1));
            case HOLD -> hold(settled);
        };
    }

    private OptionalInt hold(boolean settled) {
        if (!holds()) {
            return OptionalInt.empty();
        }
        if (spinnaker()) {
            return OptionalInt.of(marginal + 1);
        }
        return settled ? OptionalInt.of(marginal) : OptionalInt.empty();
    }

    /** Whether there is a score between failure and success; without one, a HOLD can only be told by no answer yet. */
    public boolean holds() {
        return pass > (spinnaker() ? marginal + 1 : marginal);
    }

    private boolean spinnaker() {
        return !pipeline.isEmpty();
    }
}
