package dev.portcullis.kit.retention;

import dev.portcullis.kit.lifecycle.StartupException;

/**
 * How long a service keeps what.
 *
 * @param records analyses and rollbacks
 * @param audit releases and decisions, and the notes of what was deleted; not shorter than the other
 */
public record RetentionSettings(RetentionPeriod records, RetentionPeriod audit) {
    private static final String RECORDS = "PORTCULLIS_RETENTION";
    private static final String AUDIT = "PORTCULLIS_AUDIT_RETENTION";

    /** @throws StartupException when they are no legal periods, or releases would be kept shorter than what they point to */
    public static RetentionSettings read(String records, String audit) {
        var settings =
                new RetentionSettings(RetentionPeriod.read(RECORDS, records), RetentionPeriod.read(AUDIT, audit));
        if (settings.audit.shorterThan(settings.records)) {
            throw new StartupException(AUDIT + ": '" + audit + "' is shorter than " + RECORDS + ", which is '" + records
                    + "': releases are kept at least as long as the records they point to");
        }
        return settings;
    }
}
