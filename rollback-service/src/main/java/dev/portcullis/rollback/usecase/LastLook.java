package dev.portcullis.rollback.usecase;

import dev.portcullis.rollback.plan.Sighting;
import dev.portcullis.rollback.plan.Sighting.NotRestored;
import dev.portcullis.rollback.plan.Sighting.OutOfReach;
import dev.portcullis.rollback.recovery.LaterRelease;
import dev.portcullis.rollback.recovery.RecoveryAnalyses;
import dev.portcullis.rollback.rollback.Rollback;
import java.util.Optional;

/**
 * The look at the targets when recovery has been looked at: somebody may have taken the change back, or a newer release of the service have begun, which is not
 * the same. A target rarely tells whose change it has; whether a release began is known to whoever judges releases.
 */
record LastLook(Journal journal, RecoveryAnalyses analyses, Targets targets) {
    /** Where the targets are. */
    sealed interface Finding {}

    /** Where they were put, as far as they can be seen. */
    record AsPut() implements Finding {}

    /**
     * Elsewhere, since a newer release of another revision has begun.
     *
     * @param text what was seen, as a part of a sentence that begins with "superseded"
     */
    record Superseded(String text) implements Finding {}

    /**
     * Gone, or given something newer than the rollback knows, by nobody who is known.
     *
     * @param text what was seen
     */
    record MovedOn(String text) implements Finding {}

    /**
     * Elsewhere, and no newer release is known to have begun.
     *
     * @param text what was seen, and the command to look
     */
    record TakenBack(String text) implements Finding {}

    /** One that is no longer where it was put. */
    private record Left(Sighting seen, String command) {}

    Finding at(Rollback rollback) {
        return left(rollback).map(left -> at(rollback, left)).orElseGet(AsPut::new);
    }

    private Finding at(Rollback rollback, Left left) {
        var order = rollback.order();
        var later = analyses.laterRelease(order.service(), rollback.life().createTime());
        if (later instanceof LaterRelease.Begun begun && isNew(begun, rollback)) {
            return new Superseded("by revision " + begun.revision() + ", whose release began " + begun.beginTime()
                    + " (" + begun.analysis() + "): " + left.seen().text());
        }
        if (left.seen() instanceof OutOfReach gone) {
            return new MovedOn(gone.text());
        }
        var unknown = later instanceof LaterRelease.Unknown nobody
                ? " (whether a newer release began is not known: " + nobody.text() + ")"
                : "";
        return new TakenBack(left.seen().text() + unknown + ". Next: " + left.command());
    }

    /** The bad revision once more, or the restored one, supersedes nothing. */
    private static boolean isNew(LaterRelease.Begun begun, Rollback rollback) {
        var order = rollback.order();
        return !begun.revision().equals(order.from())
                && !begun.revision().equals(order.to())
                && !begun.revision().equals(rollback.restoredRevision());
    }

    /** The first that is elsewhere; one that cannot be seen just now is taken as it was. */
    private Optional<Left> left(Rollback rollback) {
        Optional<Left> gone = Optional.empty();
        for (int stage = 0; stage < rollback.plan().stages().size(); stage++) {
            var found = rollback.wentWithout(stage) ? Optional.<Left>empty() : left(rollback, stage);
            if (found.isPresent() && found.get().seen() instanceof NotRestored) {
                return found;
            }
            gone = gone.isPresent() ? gone : found;
        }
        return gone;
    }

    private Optional<Left> left(Rollback rollback, int stage) {
        var assignment = journal.assignment(rollback, stage);
        return targets.find(assignment.target().kind())
                .map(target -> new Left(target.observe(assignment), target.commandToLook(assignment)))
                .filter(look -> look.seen() instanceof NotRestored || look.seen() instanceof OutOfReach);
    }
}
