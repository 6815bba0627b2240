package dev.portcullis.gate.rollback;

/** What came of preparing a rollback order. */
public sealed interface OrderPreparation {
    /** rollback-service knows what it would do, and does it for this token. */
    record Prepared(String token) implements OrderPreparation {}

    /** It could not be prepared. */
    record Declined(OrderOutcome outcome) implements OrderPreparation {}
}
