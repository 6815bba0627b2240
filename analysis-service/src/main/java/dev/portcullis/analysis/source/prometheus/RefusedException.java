package dev.portcullis.analysis.source.prometheus;

/** No result that can be used. The message is one line, without secrets. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Fault fault;

    RefusedException(Fault fault, String reason) {
        super(reason);
        this.fault = fault;
    }

    Fault fault() {
        return fault;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
