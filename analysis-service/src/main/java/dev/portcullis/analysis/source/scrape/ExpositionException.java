package dev.portcullis.analysis.source.scrape;

/** A page that is not in the text exposition format. The message is one line and names the line at fault. */
final class ExpositionException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String fault;

    ExpositionException(int line, String reason) {
        super("line " + line + ": " + reason);
        this.fault = "line " + line + ": " + reason;
    }

    @Override
    public String getMessage() {
        return fault;
    }
}
