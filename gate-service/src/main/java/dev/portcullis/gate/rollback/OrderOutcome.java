package dev.portcullis.gate.rollback;

/** What came of a rollback order. */
public sealed interface OrderOutcome {
    /** For people: what became of it. */
    default String told() {
        return switch (this) {
            case Started started -> started.rollback() + " was started";
            case Refused refused -> refused.detail();
            case Postponed postponed -> postponed.detail();
            case Outdated outdated -> outdated.detail();
        };
    }

    /** rollback-service has it: "rollbacks/{uuid}". */
    record Started(String rollback) implements OrderOutcome {}

    /** It can never be started; {@code detail} says why and what to do. */
    record Refused(String detail) implements OrderOutcome {}

    /** It could not be started yet and is tried again; {@code detail} says why. */
    record Postponed(String detail) implements OrderOutcome {}

    /** Its preparation is out of date; it is prepared anew. */
    record Outdated(String detail) implements OrderOutcome {}
}
