package dev.portcullis.gate.judgement;

/** What came of asking analysis-service: a judgement, or why there is none. */
public sealed interface Hearing {
    /** It answered. */
    record Heard(Judgement judgement) implements Hearing {}

    /**
     * It knows no policy for the service.
     *
     * @param detail what it said, one line
     */
    record ServiceUnknown(String detail) implements Hearing {}

    /**
     * It answered that it will not do what it is asked to, and would answer the same again.
     *
     * @param detail what it said, one line
     */
    record Refused(String detail) implements Hearing {}

    /**
     * It could not be asked, or could not answer; says nothing about the canary.
     *
     * @param detail why, one line
     */
    record Unavailable(String detail) implements Hearing {}
}
