package dev.portcullis.gate.console.overview;

import dev.portcullis.gate.audit.VerifiedLog;
import dev.portcullis.gate.console.Moment;
import dev.portcullis.kit.text.PlainText;
import dev.portcullis.kit.transparency.Checkpoint;
import dev.portcullis.kit.transparency.SignedNote;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How the audit log stands: up to where it is known to be as it was written, and up to where it is signed.
 *
 * @param icon name of the icon
 * @param style the class that colours it
 * @param sentence up to where it was verified, and when
 * @param faults what was found to be wrong
 * @param signed up to where it is signed
 * @param checkpoint what it is signed as; empty while it is not
 */
public record LogState(
        String icon, String style, String sentence, List<String> faults, String signed, String checkpoint) {
    public LogState {
        faults = List.copyOf(faults);
    }

    /** The state as it is seen at a moment. */
    public static LogState of(Optional<VerifiedLog> verified, Optional<SignedNote> checkpoint, Instant now) {
        var faults = verified.map(known -> known.found().faults()).orElse(List.of()).stream()
                .map(fault -> PlainText.of(fault.detail()))
                .toList();
        return new LogState(
                verified.isEmpty() ? "clock" : faults.isEmpty() ? "promote" : "alert",
                verified.isEmpty() ? "tone-quiet" : faults.isEmpty() ? "tone-good" : "tone-bad",
                verified.map(known -> sentence(known, now)).orElse("Not verified yet since this gate was started."),
                faults,
                checkpoint
                        .map(note -> "Signed up to entry " + number(lastSigned(note)) + ".")
                        .orElse("Not signed: no key is set. docs/audit.md says how to set one."),
                checkpoint.map(SignedNote::format).orElse(""));
    }

    private static String sentence(VerifiedLog verified, Instant now) {
        var found = verified.found();
        var moment = Moment.of(verified.time(), now);
        var when = " at " + moment.utc() + " (" + moment.distance() + ")";
        if (!found.faults().isEmpty()) {
            return "Damage was found" + when + ". docs/audit.md says what to do.";
        }
        return found.size() == 0
                ? "Verified" + when + ": no entry has a place yet."
                : "Verified up to entry " + number(found.size() - 1) + when + ": every entry is as it was written.";
    }

    /** Entries are counted from 0. */
    private static long lastSigned(SignedNote note) {
        return Checkpoint.parse(note.text()).head().size() - 1;
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
