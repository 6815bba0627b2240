package dev.portcullis.rollback.plan;

import java.util.stream.Stream;

/** What a step does. */
public enum StepKind {
    /** Changes a target until it has nothing left to be told. */
    APPLY("apply"),
    /** Looks until a target is where it should be. */
    CONFIRM("confirm"),
    /** Has analysis-service prove that users recovered. */
    VERIFY("verify");

    private final String word;

    StepKind(String word) {
        this.word = word;
    }

    /** Its name towards users and in the store; never changed. */
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
