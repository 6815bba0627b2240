package dev.portcullis.rollback.targets.featureflag;

import dev.portcullis.rollback.plan.ApplyResult;
import dev.portcullis.rollback.plan.Obstacle;
import dev.portcullis.rollback.plan.Readiness;
import dev.portcullis.rollback.plan.TargetObservation;
import java.time.Duration;

/** Why a flag could not be seen, or cannot be switched off; nothing was changed. The message is one line, without secrets. */
final class FlagFault extends Exception {
    private static final long serialVersionUID = 1;

    /** What kind of fault it is. */
    enum Kind {
        /** There is no such flag. */
        MISSING,
        /** The file is not there, which may be so for a moment while somebody replaces it. */
        ABSENT,
        /** Not allowed to this service. */
        DENIED,
        /** The flag is in a condition in which this target can do nothing with it. */
        NOT_POSSIBLE,
        /** It may pass. */
        PASSING,
        /** It may pass: nobody was there to be asked. */
        UNREACHED
    }

    private final Kind kind;
    private final String text;
    private final transient Duration pause;

    FlagFault(Kind kind, String text) {
        this(kind, text, Duration.ZERO);
    }

    /** @param pause the least time the other side wants to be left alone */
    FlagFault(Kind kind, String text, Duration pause) {
        super(text);
        this.kind = kind;
        this.text = text;
        this.pause = pause;
    }

    Kind kind() {
        return kind;
    }

    String text() {
        return text;
    }

    /** What it means before a rollback. */
    Readiness readiness() {
        return switch (kind) {
            case MISSING, ABSENT -> new Readiness.Blocked(Obstacle.TARGET_NOT_FOUND, text);
            case DENIED -> new Readiness.Blocked(Obstacle.ACCESS_DENIED, text);
            case NOT_POSSIBLE -> new Readiness.Blocked(Obstacle.NOT_POSSIBLE, text);
            case PASSING, UNREACHED -> new Readiness.Unreachable(text);
        };
    }

    /** What it means when the flag is looked at. */
    TargetObservation observation() {
        return kind == Kind.MISSING ? new TargetObservation.OutOfReach(text) : new TargetObservation.Unreadable(text);
    }

    /** What it means for a try to switch the flag off. */
    ApplyResult result() {
        return switch (kind) {
            case MISSING, DENIED, NOT_POSSIBLE -> new ApplyResult.Refused(text);
            case ABSENT, PASSING -> new ApplyResult.Again(text, pause, false);
            case UNREACHED -> new ApplyResult.Again(text, pause, false, true);
        };
    }
}
