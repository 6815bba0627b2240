package dev.portcullis.kit.transparency;

/**
 * Something that is not as it was written.
 *
 * @param detail one sentence, which names the entries by their places
 */
public record LogFault(Kind kind, String detail) {
    /** What was done to the log. The names go over the wire. */
    public enum Kind {
        /** An entry is another one than was recorded at its place. */
        ENTRY_CHANGED,
        /** An entry, or its place, is gone. */
        ENTRY_MISSING,
        /** There are entries that nobody signed. */
        ENTRY_INSERTED,
        /** Two entries have changed places. */
        ENTRIES_SWAPPED,
        /** An entry has waited too long for its place. */
        ENTRY_UNPLACED,
        /** There are fewer entries than were signed. */
        LOG_CUT,
        /** The entries fit to each other, but are not those that were signed. */
        LOG_REWRITTEN,
        /** A checkpoint is not signed by the key of the log. */
        CHECKPOINT_UNSIGNED,
        /** A checkpoint is not cosigned by a witness that was named. */
        CHECKPOINT_UNWITNESSED
    }
}
