package dev.portcullis.analysis.source.scrape;

/** A page that is not in the text exposition format, or not whole. The message is one line and names the line at fault. */
final class ExpositionException extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 80;

    private final String fault;

    /** A fault of the whole page. */
    ExpositionException(String fault) {
        super(fault);
        this.fault = fault;
    }

    /** A fault of one line, counted from 1. */
    ExpositionException(int line, String reason) {
        this("line " + line + ": " + reason);
    }

    /** As much of a line as a message needs; what is on a page may be anything. */
    static String shown(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "...";
    }

    @Override
    public String getMessage() {
        return fault;
    }
}
