package dev.portcullis.rollback.usecase;

import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.portcullis.rollback.plan.RollbackTarget;
import dev.portcullis.rollback.rollback.Rollback;
import dev.portcullis.rollback.rollback.RollbackState;
import dev.portcullis.rollback.rollback.Rollbacks;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * Takes a rollback one try further. Whatever dies on the way, the next run goes on from what was written down: a try is written before
 * it is made, and looked for before it is repeated. Thread-safe.
 */
public final class ExecuteRollback {
    private final Map<String, RollbackTarget> targets;
    private final Journal journal;
    private final ReturnTraffic returnTraffic;
    private final VerifyTraffic verifyTraffic;

    public ExecuteRollback(Rollbacks rollbacks, List<RollbackTarget> targets, Backoff backoff, Clock clock) {
        this.targets = targets.stream().collect(toUnmodifiableMap(RollbackTarget::kind, GuardedTarget::new));
        this.journal = new Journal(rollbacks, clock);
        this.returnTraffic = new ReturnTraffic(journal, backoff);
        this.verifyTraffic = new VerifyTraffic(journal);
    }

    /**
     * Makes one try of the current step and writes what was seen.
     *
     * @param rollback its latest version
     * @throws dev.portcullis.rollback.rollback.StaleRollbackException when it was not the latest
     */
    public Progress attempt(Rollback rollback) {
        if (rollback.state().ended()) {
            return Progress.ended(rollback);
        }
        var running = rollback.state() == RollbackState.PLANNED ? begin(rollback) : rollback;
        var target = targets.get(running.plan().target().kind());
        if (target == null) {
            return Progress.ended(giveUp(running));
        }
        return switch (running.currentStep().kind()) {
            case RETURN_TRAFFIC -> returnTraffic.attempt(running, target);
            case VERIFY_TRAFFIC -> verifyTraffic.attempt(running, target);
        };
    }

    private Rollback begin(Rollback planned) {
        var step = planned.currentStep().begun(journal.now());
        return journal.write(planned, step, RollbackState.RUNNING, "looking where the traffic is");
    }

    private Rollback giveUp(Rollback rollback) {
        var kind = rollback.plan().target().kind();
        var order = rollback.order();
        var step = rollback.currentStep();
        var active = step.startTime().isPresent() ? step : step.begun(journal.now());
        return journal.write(
                rollback,
                active.givenUp("no target '" + kind + "' in this version", journal.now()),
                RollbackState.NEEDS_HUMAN,
                "this version knows no rollback target '" + kind + "' and will not try again: move the traffic of "
                        + order.service() + " to " + order.to() + " by hand, or start a new rollback");
    }
}
