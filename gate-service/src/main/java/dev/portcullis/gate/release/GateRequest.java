package dev.portcullis.gate.release;

/**
 * A caller's question, checked: every text has at most 253 characters and no control characters; service and canary are not blank.
 *
 * @param stable the stable version's arm label value; empty = none
 * @param step the rollout's step, for the record only
 */
public record GateRequest(ReleaseKey key, String stable, String step) {
    private static final int MAX_LENGTH = 253;

    /** @throws InvalidFieldException for the first field that is not legal */
    public GateRequest {
        required("service", key.service());
        optional("namespace", key.namespace());
        optional("rollout", key.rollout());
        required("canary", key.canary());
        optional("stable", stable);
        optional("revision", key.revision());
        optional("step", step);
    }

    private static void required(String field, String value) {
        if (value.isBlank()) {
            throw new InvalidFieldException(field, "is required, 1 to " + MAX_LENGTH + " characters");
        }
        optional(field, value);
    }

    private static void optional(String field, String value) {
        var length = value.codePointCount(0, value.length());
        if (length > MAX_LENGTH) {
            throw new InvalidFieldException(
                    field, "has " + length + " characters; at most " + MAX_LENGTH + " are legal");
        }
        if (value.codePoints().anyMatch(GateRequest::illegal)) {
            throw new InvalidFieldException(field, "has a control character or half a character");
        }
    }

    /** Half a character (an unpaired surrogate) can be written in JSON but neither in UTF-8 nor in the database. */
    private static boolean illegal(int codePoint) {
        return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
    }
}
