package dev.portcullis.analysis.tool.diagnosis;

/**
 * One thing found.
 *
 * @param kind what sort of thing
 * @param severity how bad it is here
 * @param what what was found, with which values; one line
 * @param fix what to do about it; empty for a note
 */
public record Finding(FindingKind kind, FindingSeverity severity, Subject subject, String what, String fix) {
    private static final String CONTROL = "[\\s\\p{Cntrl}]+";

    /** Flattens the texts: values come from outside, and must not forge lines. */
    public Finding {
        what = what.replaceAll(CONTROL, " ").strip();
        fix = fix.replaceAll(CONTROL, " ").strip();
    }

    /** A finding of its kind's usual severity. */
    static Finding of(FindingKind kind, Subject subject, String what, String fix) {
        return new Finding(kind, kind.severity(), subject, what, fix);
    }

    /** The same as a warning, unless it is less already. */
    Finding lessened() {
        return severity == FindingSeverity.FAULT
                ? new Finding(kind, FindingSeverity.WARNING, subject, what, fix)
                : this;
    }

    /** What was found and what to do about it, in one line. */
    public String text() {
        return fix.isEmpty() ? what : what + "; " + fix;
    }
}
