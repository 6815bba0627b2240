package dev.portcullis.rollback.usecase;

import dev.portcullis.rollback.lifecycle.Rollback;
import dev.portcullis.rollback.lifecycle.RollbackState;
import dev.portcullis.rollback.plan.Step;
import dev.portcullis.rollback.plan.StepKind;

/** What follows when an optional stage could not be done: the next one is worked on, and the record says what was left out. */
record SkipStage(Journal journal) {
    /** @param given its step, given up */
    RunResult after(Rollback rollback, Step given, String why) {
        var detail = "went on without " + rollback.currentStage().target().kind() + ": " + why;
        if (given.kind() == StepKind.CONFIRM) {
            return RunResult.on(journal.write(rollback, given, stateAfter(rollback, given), detail));
        }
        var told = journal.write(rollback, given, RollbackState.RUNNING, detail);
        var confirm = told.currentStep().begun(journal.now()).givenUp("not looked at: " + why, journal.now());
        return RunResult.on(journal.write(told, confirm, stateAfter(told, confirm), detail));
    }

    private static RollbackState stateAfter(Rollback rollback, Step step) {
        return step.stage() == rollback.plan().stages().size() - 1 ? RollbackState.VERIFYING : RollbackState.RUNNING;
    }
}
