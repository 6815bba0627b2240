package dev.portcullis.gate.usecase;

import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.decision.Outcome;
import dev.portcullis.gate.flagger.FlaggerHook;
import dev.portcullis.gate.flagger.FlaggerRollout;
import dev.portcullis.gate.flagger.FlaggerRollouts;
import dev.portcullis.gate.flagger.HookAnswer;
import dev.portcullis.gate.flagger.HookCall;
import dev.portcullis.gate.policy.Policies;
import dev.portcullis.gate.release.GateRequest;
import dev.portcullis.gate.release.InvalidFieldException;
import dev.portcullis.gate.release.ReleaseKey;
import dev.portcullis.gate.release.Stage;
import dev.portcullis.gate.release.StoreUnavailableException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the hooks of Flagger. Whatever cannot be known, recorded or decided is a HOLD, which stops Flagger where it stands and takes nothing back. Thread-safe.
 */
public final class AnswerHook {
    private static final Logger LOG = LoggerFactory.getLogger(AnswerHook.class);
    private static final String FLAGGER = "flagger";
    private static final String FAULT =
            DecisionReason.INTERNAL_ERROR + ": the gate failed by a fault of its own; its log has it";

    /** A canary may have its first users although these stand against a PROMOTE: without users they would stand for ever. */
    private static final Set<DecisionReason> NO_EVIDENCE_YET =
            EnumSet.of(DecisionReason.NO_DATA, DecisionReason.NOT_ENOUGH_EVIDENCE, DecisionReason.TOO_LITTLE_TRAFFIC);

    private final Policies policies;
    private final FlaggerRollouts rollouts;
    private final EvaluateGate evaluateGate;
    private final EndRelease endRelease;

    public AnswerHook(Policies policies, FlaggerRollouts rollouts, EvaluateGate evaluateGate, EndRelease endRelease) {
        this.policies = policies;
        this.rollouts = rollouts;
        this.evaluateGate = evaluateGate;
        this.endRelease = endRelease;
    }

    /**
     * Answers.
     *
     * @param arrived when the call arrived, in {@link System#nanoTime()}
     * @throws InvalidFieldException when the call contradicts itself or the release it is about
     */
    public HookAnswer answer(HookCall call, long arrived) {
        try {
            return switch (call.hook()) {
                case CONFIRM_ROLLOUT -> begin(call, arrived);
                case PRE_ROLLOUT -> firstUsers(call, arrived);
                case ROLLOUT -> goOn(call, arrived);
                case CONFIRM_TRAFFIC_INCREASE -> moreTraffic(call, arrived);
                case CONFIRM_PROMOTION -> promote(call, arrived);
                case ROLLBACK -> rollBack(call, arrived);
                case POST_ROLLOUT -> end(call, arrived);
                case EVENT -> throw new IllegalArgumentException("an event is heard and not answered");
            };
        } catch (InvalidFieldException e) {
            throw e;
        } catch (StoreUnavailableException e) {
            LOG.warn("hook {} of Canary {}/{}: {}", call.hook().type(), call.namespace(), call.name(), e.getMessage());
            return unanswered(call.hook(), DecisionReason.STORE_UNAVAILABLE + ": " + e.getMessage());
        } catch (RuntimeException e) {
            LOG.error(
                    "hook {} of Canary {}/{} failed by a fault of the gate",
                    call.hook(),
                    call.namespace(),
                    call.name(),
                    e);
            return unanswered(call.hook(), FAULT);
        }
    }

    /** The answer to a call that could not be read by a fault of the gate itself. */
    public HookAnswer unread(FlaggerHook hook, Throwable fault) {
        LOG.error("a call of hook {} could not be read by a fault of the gate", hook.type(), fault);
        return unanswered(hook, FAULT);
    }

    /** The answer to a call of somebody who calls too often, for which nothing is looked for. */
    public HookAnswer unasked(FlaggerHook hook) {
        var decision = evaluateGate.unasked().decision();
        return unanswered(hook, decision.reasons().getFirst() + ": " + decision.explanation());
    }

    /** A refusal of the hook rollout is a failed check to Flagger, and enough of these take the canary back: what is not known is none. */
    private static HookAnswer unanswered(FlaggerHook hook, String text) {
        return switch (hook) {
            case ROLLOUT -> HookAnswer.go(text);
            case POST_ROLLOUT -> HookAnswer.retry(text);
            default -> HookAnswer.hold(text);
        };
    }

    private HookAnswer begin(HookCall call, long arrived) {
        follow(rollouts.find(call.namespace(), call.name()), call);
        var evaluation = evaluateGate.evaluate(deploy(call), arrived);
        return evaluation.decision().outcome() == Outcome.PROMOTE ? go(evaluation) : hold(evaluation);
    }

    private static GateRequest deploy(HookCall call) {
        var key = new ReleaseKey(call.service(), call.namespace(), call.name(), call.canary(), call.checksum());
        return new GateRequest(key, call.stable(), call.hook().type(), Stage.PRE_DEPLOY, false, Optional.empty());
    }

    private HookAnswer firstUsers(HookCall call, long arrived) {
        var evaluation = evaluate(call, arrived);
        return mayHaveFirstUsers(evaluation) ? go(evaluation) : hold(evaluation);
    }

    private static boolean mayHaveFirstUsers(Evaluation evaluation) {
        return switch (evaluation.decision().outcome()) {
            case PROMOTE -> true;
            case ABORT -> false;
            case HOLD ->
                evaluation.recorded().isPresent()
                        && NO_EVIDENCE_YET.containsAll(evaluation.decision().reasons());
        };
    }

    private HookAnswer goOn(HookCall call, long arrived) {
        var evaluation = evaluate(call, arrived);
        return evaluation.decision().outcome() == Outcome.ABORT ? hold(evaluation) : go(evaluation);
    }

    private HookAnswer moreTraffic(HookCall call, long arrived) {
        var evaluation = evaluate(call, arrived);
        if (evaluation.decision().outcome() == Outcome.PROMOTE) {
            return go(evaluation);
        }
        return mayHaveFirstUsers(evaluation) && takeFirstStep(call) ? go(evaluation) : hold(evaluation);
    }

    /** Whether this call is about the canary's first share of traffic; it is so only once. */
    private boolean takeFirstStep(HookCall call) {
        var change = rollouts.change(call.namespace(), call.name(), now -> FlaggerRollout.after(now, call)
                .map(rollout -> rollout.withFirstStep(false)));
        return change.before().filter(FlaggerRollout::firstStep).isPresent();
    }

    private HookAnswer promote(HookCall call, long arrived) {
        var evaluation = evaluate(call, arrived);
        return evaluation.decision().outcome() == Outcome.PROMOTE ? go(evaluation) : hold(evaluation);
    }

    private HookAnswer rollBack(HookCall call, long arrived) {
        if (!call.inAnalysis()) {
            return HookAnswer.hold("no rollback: in phase " + call.phase() + " no canary is analysed");
        }
        var evaluation = evaluate(call, arrived);
        var aborted = evaluation.decision().outcome() == Outcome.ABORT
                && evaluation.recorded().isPresent();
        return aborted ? go(evaluation) : hold(evaluation);
    }

    private HookAnswer end(HookCall call, long arrived) {
        if (!call.succeeded() && !call.failed()) {
            throw new InvalidFieldException(
                    "phase", "is '" + call.phase() + "'; legal with this hook: Succeeded, Failed");
        }
        if (!known(call)) {
            return hold(evaluateGate.evaluate(deploy(call), arrived));
        }
        follow(rollouts.find(call.namespace(), call.name()), call)
                .ifPresent(rollout ->
                        endRelease.record(rollout.key(), call.stable(), call.dryRun(), ended(call, rollout), FLAGGER));
        return HookAnswer.go("recorded: " + call.phase());
    }

    /** Opens the release of a rollout that is being analysed. */
    void hear(HookCall event) {
        if (!known(event)) {
            return;
        }
        var before = rollouts.find(event.namespace(), event.name());
        var after = FlaggerRollout.after(before, event);
        if (after.equals(before)) {
            return;
        }
        var begins = after.map(FlaggerRollout::number).orElse(0)
                > before.map(FlaggerRollout::number).orElse(0);
        if (begins) {
            evaluate(event, System.nanoTime());
        } else {
            follow(before, event);
        }
    }

    private Evaluation evaluate(HookCall call, long arrived) {
        var rollout = follow(rollouts.find(call.namespace(), call.name()), call)
                .orElseThrow(() -> new IllegalStateException(call.hook() + " is about a rollout"));
        var request = new GateRequest(
                rollout.key(), call.stable(), rollout.step(call.hook()), Stage.CANARY, call.dryRun(), Optional.empty());
        return evaluateGate.evaluate(request, arrived);
    }

    /**
     * The rollout that a call is about, kept. What was given up for it ends first, so that whatever dies in between leaves that to be done again; of a service
     * that nobody has configured nothing is kept.
     */
    private Optional<FlaggerRollout> follow(Optional<FlaggerRollout> before, HookCall call) {
        var after = FlaggerRollout.after(before, call);
        if (after.equals(before) || !known(call)) {
            return after;
        }
        before.filter(one -> one.state() == FlaggerRollout.State.RUNNING)
                .filter(one -> after.filter(next ->
                                next.number() == one.number() && next.state() != FlaggerRollout.State.CONFIRMING)
                        .isEmpty())
                .ifPresent(one -> endRelease.close(one.key(), leftBehind(call, one), FLAGGER));
        return rollouts.change(call.namespace(), call.name(), now -> FlaggerRollout.after(now, call))
                .after();
    }

    private boolean known(HookCall call) {
        return policies.find(call.service()).isPresent();
    }

    /** How a rollout ended that Flagger went on from: its phase still says so when the next one is asked for. */
    private static Decision leftBehind(HookCall call, FlaggerRollout rollout) {
        if (call.hook() == FlaggerHook.CONFIRM_ROLLOUT && (call.succeeded() || call.failed())) {
            return ended(call, rollout);
        }
        return Decision.hold(
                DecisionReason.RELEASE_SUPERSEDED,
                "Flagger went on to another version before it said how " + shown(rollout) + " ended");
    }

    private static Decision ended(HookCall call, FlaggerRollout rollout) {
        return call.succeeded()
                ? Decision.of(
                        Outcome.PROMOTE,
                        DecisionReason.PROMOTED_BY_CONTROLLER,
                        "Flagger has made " + shown(rollout) + " the primary (phase Succeeded)")
                : Decision.of(
                        Outcome.ABORT,
                        DecisionReason.ABORTED_BY_CONTROLLER,
                        "Flagger has taken " + shown(rollout) + " back (phase Failed), without an ABORT of the gate");
    }

    private static String shown(FlaggerRollout rollout) {
        return "rollout " + rollout.number() + " of Canary " + rollout.namespace() + "/" + rollout.name()
                + " (checksum " + rollout.checksum() + ")";
    }

    private static HookAnswer go(Evaluation evaluation) {
        return HookAnswer.go(text(evaluation.decision()));
    }

    private static HookAnswer hold(Evaluation evaluation) {
        return HookAnswer.hold(text(evaluation.decision()));
    }

    private static String text(Decision decision) {
        return decision.outcome() + " " + decision.reasons().getFirst() + ": " + decision.explanation();
    }
}
