package dev.portcullis.analysis.budget;

import java.util.Locale;

/** Whom an alert concerns. */
public enum AlertSeverity {
    /** Somebody looks now. */
    PAGE,
    /** Somebody looks within a working day. */
    TICKET;

    /** The value of the label {@code severity}: "page" or "ticket". */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
