package dev.portcullis.rollback.usecase;

import dev.portcullis.rollback.lifecycle.Lease;
import dev.portcullis.rollback.lifecycle.Rollback;
import dev.portcullis.rollback.lifecycle.RollbackState;
import dev.portcullis.rollback.lifecycle.Rollbacks;
import dev.portcullis.rollback.plan.Mode;
import dev.portcullis.rollback.plan.RollbackTarget;
import dev.portcullis.rollback.plan.StepKind;
import dev.portcullis.rollback.recovery.RecoveryAnalyses;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Takes a rollback one try further. Whatever dies on the way, the next run goes on from what was written down: a try is written before
 * it is made, and looked for before it is repeated. Thread-safe.
 */
public final class ExecuteRollback {
    private final Rollbacks rollbacks;
    private final TargetRegistry targets;
    private final RecoveryAnalyses analyses;
    private final Backoff backoff;
    private final Clock clock;

    public ExecuteRollback(
            Rollbacks rollbacks,
            List<RollbackTarget> targets,
            RecoveryAnalyses analyses,
            Backoff backoff,
            Clock clock) {
        this.rollbacks = rollbacks;
        this.targets = TargetRegistry.of(targets);
        this.analyses = analyses;
        this.backoff = backoff;
        this.clock = clock;
    }

    /**
     * Makes one try of the current step and writes what was seen.
     *
     * @param rollback its latest version
     * @param lease the right to do so
     * @throws dev.portcullis.rollback.lifecycle.StaleRollbackException when it was not the latest, or the lease has gone
     */
    public RunResult attempt(Rollback rollback, Lease lease) {
        if (rollback.state().ended()) {
            return RunResult.ended(rollback);
        }
        var journal = new Journal(rollbacks, clock, lease);
        if (rollback.cancellation().isPresent()) {
            return RunResult.ended(new EndCancelled(journal, analyses).attempt(rollback));
        }
        var running = rollback.state() == RollbackState.PLANNED ? begin(journal, rollback) : rollback;
        if (running.currentStep().kind() == StepKind.VERIFY) {
            return new VerifyRecovery(journal, analyses, targets).attempt(running);
        }
        return target(running)
                .map(target -> work(journal, running, target))
                .orElseGet(() -> RunResult.ended(giveUp(journal, running)));
    }

    private RunResult work(Journal journal, Rollback rollback, RollbackTarget target) {
        return rollback.currentStep().kind() == StepKind.APPLY
                ? new ApplyStage(journal, backoff).attempt(rollback, target)
                : new ConfirmStage(journal).attempt(rollback, target);
    }

    private Optional<RollbackTarget> target(Rollback rollback) {
        var found = targets.find(rollback.currentStage().target().kind());
        var confirming = rollback.currentStep().kind() == StepKind.CONFIRM;
        return rollback.origin().mode() == Mode.DRY_RUN
                ? found.map(target -> new DryRunTarget(target, confirming))
                : found;
    }

    private static Rollback begin(Journal journal, Rollback planned) {
        var step = planned.currentStep().begun(journal.now());
        return journal.write(planned, step, RollbackState.RUNNING, "looking where the traffic is");
    }

    private static Rollback giveUp(Journal journal, Rollback rollback) {
        var kind = rollback.currentStage().target().kind();
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
