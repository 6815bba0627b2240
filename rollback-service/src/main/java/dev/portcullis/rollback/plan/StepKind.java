package dev.portcullis.rollback.plan;

import java.util.stream.Stream;

/** What a step does. */
public enum StepKind {
    /** Tells the target to give the traffic back to the old revision. */
    RETURN_TRAFFIC("return-traffic"),
    /** Looks until the old revision has the traffic. */
    VERIFY_TRAFFIC("verify-traffic");

    private final String word;

    StepKind(String word) {
        this.word = word;
    }

    /** Its name towards users, in the store and in idempotency keys; never changed. */
    public String word() {
        return word;
    }

    /** The kind of that name. */
    public static StepKind of(String word) {
        return Stream.of(values())
                .filter(kind -> kind.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no step is called '" + word + "'"));
    }
}
