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
     * It could not be asked, or could not answer; says nothing about the canary.
     *
     * @param detail why, one line
     */
    record Unavailable(String detail) implements Hearing {}
}
