package dev.portcullis.rollback.workload;

/** What a prepared rollback was about does not exist any more; neither waiting nor repeating can help. The message says what is gone. */
public final class GoneException extends Exception {
    private static final long serialVersionUID = 1L;

    public GoneException(String text) {
        super(text);
    }

    public String text() {
        return String.valueOf(getMessage());
    }
}
