package dev.portcullis.gate.release;

import java.util.Optional;
import java.util.UUID;

/** The ids that begin with the same characters, from the first to the last. */
public record IdRange(UUID first, UUID last) {
    private static final String FORM = "hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh";
    private static final String LEAST = "00000000-0000-0000-0000-000000000000";
    private static final String GREATEST = "ffffffff-ffff-ffff-ffff-ffffffffffff";
    private static final int SHORTEST = 8;

    /** The ids that begin with a text; empty unless that is the first 8 to 36 characters of a UUID in lower case. */
    public static Optional<IdRange> of(String beginning) {
        if (beginning.length() < SHORTEST || beginning.length() > FORM.length() || !isBeginning(beginning)) {
            return Optional.empty();
        }
        return Optional.of(new IdRange(filled(beginning, LEAST), filled(beginning, GREATEST)));
    }

    private static boolean isBeginning(String text) {
        for (var i = 0; i < text.length(); i++) {
            var legal = FORM.charAt(i) == '-' ? text.charAt(i) == '-' : "0123456789abcdef".indexOf(text.charAt(i)) >= 0;
            if (!legal) {
                return false;
            }
        }
        return true;
    }

    private static UUID filled(String beginning, String rest) {
        return UUID.fromString(beginning + rest.substring(beginning.length()));
    }
}
