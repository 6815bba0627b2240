package dev.portcullis.rollback.usecase;

import dev.portcullis.rollback.lifecycle.Rollback;
import dev.portcullis.rollback.plan.TargetObservation;
import dev.portcullis.rollback.plan.TargetObservation.NotRestored;
import dev.portcullis.rollback.plan.TargetObservation.OutOfReach;
import dev.portcullis.rollback.recovery.LaterRelease;
import dev.portcullis.rollback.recovery.RecoveryAnalyses;
import java.util.Optional;

/**
 * The look at the targets when recovery has been looked at: somebody may have taken the change back, or a newer release of the service have begun, which is not
 * the same. A target rarely tells whose change it has; whether a release began is known to whoever judges releases.
 */
record FinalCheck(Journal journal, RecoveryAnalyses analyses, TargetRegistry targets) {
    /** Where the targets are. */
    sealed interface Result {}

    /** Where they were put, as far as they can be seen. */
    record Unchanged() implements Result {}

    /**
     * Elsewhere, since a newer release of another revision has begun.
     *
     * @param text what was seen, as a part of a sentence that begins with "superseded"
     */
    record Superseded(String text) implements Result {}

    /**
     * Gone, or given something newer than the rollback knows, by nobody who is known.
     *
     * @param text what was seen
     */
    record MovedOn(String text) implements Result {}

    /**
     * Elsewhere, and no newer release is known to have begun.
     *
     * @param text what was seen, and the command to look
     */
    record TakenBack(String text) implements Result {}

    /** One that is no longer where it was put. */
    private record Deviation(TargetObservation seen, String command) {}

    Result at(Rollback rollback) {
        return deviation(rollback).map(deviation -> at(rollback, deviation)).orElseGet(Unchanged::new);
    }

    private Result at(Rollback rollback, Deviation deviation) {
        var order = rollback.order();
        var later = analyses.laterRelease(order.service(), rollback.status().createTime());
        if (later instanceof LaterRelease.Begun begun && isNew(begun, rollback)) {
            return new Superseded("by revision " + begun.revision() + ", whose release began " + begun.beginTime()
                    + " (" + begun.analysis() + "): " + deviation.seen().text());
        }
        if (deviation.seen() instanceof OutOfReach gone) {
            return new MovedOn(gone.text());
        }
        var unknown = later instanceof LaterRelease.Unknown nobody
                ? " (whether a newer release began is not known: " + nobody.text() + ")"
                : "";
        return new TakenBack(deviation.seen().text() + unknown + ". Next: " + deviation.command());
    }

    /** The bad revision once more, or the restored one, supersedes nothing. */
    private static boolean isNew(LaterRelease.Begun begun, Rollback rollback) {
        var order = rollback.order();
        return !begun.revision().equals(order.from())
                && !begun.revision().equals(order.to())
                && !begun.revision().equals(rollback.restoredRevision());
    }

    /** The first that is elsewhere; one that cannot be seen just now is taken as it was. */
    private Optional<Deviation> deviation(Rollback rollback) {
        Optional<Deviation> gone = Optional.empty();
        for (int stage = 0; stage < rollback.plan().stages().size(); stage++) {
            var found = rollback.wentWithout(stage) ? Optional.<Deviation>empty() : deviation(rollback, stage);
            if (found.isPresent() && found.get().seen() instanceof NotRestored) {
                return found;
            }
            gone = gone.isPresent() ? gone : found;
        }
        return gone;
    }

    private Optional<Deviation> deviation(Rollback rollback, int stage) {
        var assignment = journal.assignment(rollback, stage);
        return targets.find(assignment.target().kind())
                .map(target -> new Deviation(target.observe(assignment), target.commandToLook(assignment)))
                .filter(look -> look.seen() instanceof NotRestored || look.seen() instanceof OutOfReach);
    }
}
