package dev.portcullis.rollback.usecase;

import dev.portcullis.rollback.lifecycle.Rollback;
import dev.portcullis.rollback.lifecycle.RollbackState;
import dev.portcullis.rollback.plan.Step;
import dev.portcullis.rollback.plan.StepState;
import dev.portcullis.rollback.recovery.RecoveryAnalyses;

/** The end of a rollback somebody no longer wants: between two steps, with what was done by then. */
record EndCancelled(Journal journal, RecoveryAnalyses analyses) {
    Rollback attempt(Rollback rollback) {
        var cancellation = rollback.cancellation().orElseThrow();
        if (rollback.state() == RollbackState.VERIFYING) {
            analyses.end(VerifyRecovery.question(rollback, rollback.currentStep()), cancellation.reason());
        }
        var detail = "cancelled by " + cancellation.caller() + ": " + cancellation.reason() + ". "
                + DetailText.done(rollback);
        var step = rollback.currentStep();
        return journal.write(rollback, ended(step, detail), RollbackState.CANCELLED, detail.strip());
    }

    private Step ended(Step step, String why) {
        var active = step.state() == StepState.PENDING ? step.begun(journal.now()) : step;
        return active.givenUp(why.strip(), journal.now());
    }
}
