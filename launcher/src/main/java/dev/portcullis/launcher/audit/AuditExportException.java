package dev.portcullis.launcher.audit;

/** A line of an export cannot be read. The message is one line for people. */
public final class AuditExportException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AuditExportException(String message, Throwable cause) {
        super(message, cause);
    }
}
